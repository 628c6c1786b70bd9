import { ofThisTab } from '../parts/browser-storage.ts'

const keyOf = (code: string) => `streamit.wish.${code}`
const passwordKeyOf = (code: string) => `streamit.wish-password.${code}`

/**
 * That this tab waits at a room's door as this person, and what they typed as the room's password: a reload goes on waiting
 * without asking for it again. It is kept no longer than the wait.
 */
export const rememberWish = (code: string, personId: string, password: string): void => {
  ofThisTab.keep(keyOf(code), personId)
  ofThisTab.keep(passwordKeyOf(code), password === '' ? null : password)
}

export const forgetWish = (code: string): void => {
  ofThisTab.keep(keyOf(code), null)
  ofThisTab.keep(passwordKeyOf(code), null)
}

/** The wish of this person, with the password that was typed; undefined where this tab does not wait as them. */
export const rememberedWish = (code: string, personId: string | undefined): { password: string } | undefined =>
  personId !== undefined && ofThisTab.read(keyOf(code)) === personId
    ? { password: ofThisTab.read(passwordKeyOf(code)) ?? '' }
    : undefined
