import { lasting } from '../parts/browser-storage.ts'

/** Who this browser is signed in as. The server decides what the token is worth; the name is for showing. */
export type KeptAccount = { token: string; id: string; name: string; isGuest: boolean }

export const KEPT_AS = 'streamit.account'

const isKeptAccount = (value: unknown): value is KeptAccount =>
  typeof value === 'object' &&
  value !== null &&
  'token' in value &&
  typeof value.token === 'string' &&
  'id' in value &&
  typeof value.id === 'string' &&
  'name' in value &&
  typeof value.name === 'string' &&
  'isGuest' in value &&
  typeof value.isGuest === 'boolean'

export const readKeptAccount = (): KeptAccount | null => {
  try {
    const value: unknown = JSON.parse(lasting.read(KEPT_AS) ?? 'null')
    return isKeptAccount(value) ? value : null
  } catch {
    // Somebody else's, or an older version's: signing in again replaces it.
    return null
  }
}

export const keepAccount = (account: KeptAccount | null): void => {
  lasting.keep(KEPT_AS, account === null ? null : JSON.stringify(account))
}
