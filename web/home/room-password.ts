import { ofThisTab } from '../parts/browser-storage.ts'

const keyOf = (code: string) => `streamit.password.${code}`
const sinceKeyOf = (code: string) => `streamit.password-at.${code}`

/**
 * The server tells a room's password once. The tab that made it remembers it, so that the host can still hand it on
 * after a reload. It also remembers when the room says that it was set. Who waits at the door keeps what they typed for
 * as long (web/invite/wish.ts), and nobody else's browser holds it.
 */
export const rememberRoomPassword = (code: string, password: string | undefined, since?: number | null): void => {
  ofThisTab.keep(keyOf(code), password ?? null)
  ofThisTab.keep(sinceKeyOf(code), since == null ? null : String(since))
}

/** Null as well where the room has had another one since, which a tab or somebody else has set: `since` is the room's. */
export const rememberedRoomPassword = (code: string, since: number | null): string | null =>
  Number(ofThisTab.read(sinceKeyOf(code)) ?? 0) < (since ?? 0) ? null : ofThisTab.read(keyOf(code))
