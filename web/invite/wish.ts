import { lasting, ofThisTab } from '../parts/browser-storage.ts'

const keyOf = (code: string) => `streamit.wish.${code}`
const passwordKeyOf = (code: string) => `streamit.wish-password.${code}`
/** For the other tabs: who waits, and when that was noted; `OVER` where the wish was answered; nothing where it was withdrawn. */
const notedKeyOf = (code: string) => `streamit.waits.${code}`
const OVER = 'over'

export const NOTE_RENEWED_EVERY_MS = 15_000
/** A tab that is hidden is woken once a minute. One that was closed notes nothing any more. */
const NOTE_HOLDS_MS = 90_000

/** Tells the other tabs that one waits as this person. */
export const noteWish = (code: string, personId: string): void => {
  lasting.keep(notedKeyOf(code), `${personId} ${Date.now()}`)
}

/** Who is noted, and when. */
const noted = (code: string) => {
  const [id, at] = (lasting.read(notedKeyOf(code)) ?? '').split(' ')
  return { id, at: Number(at) }
}

const isNoted = (code: string, personId: string): boolean => {
  const { id, at } = noted(code)
  return id === personId && Date.now() - at < NOTE_HOLDS_MS
}

/**
 * Remembers that this tab waits at a room's door as this person, and the password that they typed. A reload then goes
 * on waiting without asking for it again. It is kept no longer than the wait. The password is not for other tabs.
 */
export const rememberWish = (code: string, personId: string, password: string): void => {
  ofThisTab.keep(keyOf(code), personId)
  ofThisTab.keep(passwordKeyOf(code), password === '' ? null : password)
  noteWish(code, personId)
}

const forgetHere = (code: string): void => {
  ofThisTab.keep(keyOf(code), null)
  ofThisTab.keep(passwordKeyOf(code), null)
}

/**
 * The wish of this person was answered, or they are not who is signed in any more. Other tabs that wait hear so from the
 * server.
 */
export const forgetWish = (code: string, personId: string): void => {
  forgetHere(code)
  if (noted(code).id === personId) lasting.keep(notedKeyOf(code), OVER)
}

/** The wish was withdrawn, in every tab: one that went on would ask anew. */
export const withdrawWish = (code: string): void => {
  forgetHere(code)
  lasting.keep(notedKeyOf(code), null)
}

/** Runs `run` when another tab withdraws the wish. */
export const onWithdrawn = (code: string, run: () => void): (() => void) => {
  const heard = (event: StorageEvent) => {
    if (event.key !== notedKeyOf(code) || event.newValue !== null) return
    forgetHere(code)
    run()
  }
  addEventListener('storage', heard)
  return () => removeEventListener('storage', heard)
}

/**
 * The wish of this person, with the password that was typed; undefined where they do not wait. Where only another tab waits,
 * this one can do so as well in a room that asks for no password.
 */
export const rememberedWish = (
  code: string,
  personId: string | undefined,
  asksForPassword: boolean,
): { password: string } | undefined => {
  if (personId === undefined) return undefined
  if (ofThisTab.read(keyOf(code)) === personId) return { password: ofThisTab.read(passwordKeyOf(code)) ?? '' }
  return !asksForPassword && isNoted(code, personId) ? { password: '' } : undefined
}
