import { type Api, ApiError, createApi } from '../../client/index.ts'
import type { AnswerOf, RouteName, SentOf } from '../../protocol/routes.ts'
import { KEPT_AS, type KeptAccount, keepAccount, readKeptAccount } from './kept-account.ts'

export type Person = Omit<KeptAccount, 'token'>

/** `api` stays the same object for as long as the same person is signed in. */
export type Account = { person: Person | null; api: Api; hasExpired: boolean }

export type AccountStore = {
  get: () => Account
  subscribe: (listener: () => void) => () => void
  /** Any call. A token that is refused signs the person out here, and pages lead to signing in. */
  call: <N extends RouteName>(name: N, request: SentOf<N>) => Promise<AnswerOf<N>>
  enter: (name: 'auth/guest' | 'auth/login' | 'auth/register', request: object) => Promise<void>
  signOut: () => Promise<void>
  /** The server no longer takes the token. */
  expire: () => void
}

const personOf = (kept: KeptAccount | null): Person | null =>
  kept === null ? null : { id: kept.id, name: kept.name, isGuest: kept.isGuest }

export const createAccountStore = (): AccountStore => {
  const listeners = new Set<() => void>()

  const apiWith = (token: string | undefined): Api => {
    const api: Api = createApi({
      origin: location.origin,
      ...(token === undefined ? {} : { token }),
      onToken: (next) => {
        const kept = readKeptAccount()
        // A renewed token; a first one is kept together with its person by `enter`.
        if (next !== undefined && kept !== null && api === account.api) keepAccount({ ...kept, token: next })
      },
    })
    return api
  }

  const accountOf = (kept: KeptAccount | null, hasExpired = false): Account => ({
    person: personOf(kept),
    api: apiWith(kept?.token),
    hasExpired,
  })

  let account: Account = accountOf(readKeptAccount())
  const become = (next: Account) => {
    account = next
    for (const listener of listeners) listener()
  }

  // Another tab signed in, out, or became an account.
  addEventListener('storage', (event) => {
    if (event.key !== KEPT_AS && event.key !== null) return
    const kept = readKeptAccount()
    if (kept?.id !== account.person?.id) become(accountOf(kept))
    else if (kept !== null && kept.isGuest !== account.person?.isGuest) become({ ...account, person: personOf(kept) })
  })

  const expire = () => {
    keepAccount(null)
    become(accountOf(null, true))
  }

  return {
    get: () => account,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    call: async (name, request) => {
      const asked = account.api
      try {
        return await asked.call(name, request)
      } catch (error) {
        if (error instanceof ApiError && error.code === 'unauthorized' && asked === account.api) expire()
        throw error
      }
    },
    enter: async (name, request) => {
      // The names of the three routes differ in what they ask, and agree in what they answer.
      const answer = await account.api.call(name, request as SentOf<typeof name>)
      const { id, display_name, is_guest, access_token } = answer
      keepAccount({ token: access_token, id, name: display_name, isGuest: is_guest })
      const person = { id, name: display_name, isGuest: is_guest }
      become(account.person?.id === id ? { ...account, person, hasExpired: false } : accountOf(readKeptAccount()))
    },
    signOut: async () => {
      // Signed out here in any case; a server out of reach only keeps the token alive until it ends by itself.
      await account.api.call('auth/logout', {}).catch((error: unknown) => {
        if (!(error instanceof ApiError)) throw error
      })
      keepAccount(null)
      become(accountOf(null))
    },
    expire,
  }
}
