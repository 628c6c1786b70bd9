import { ofThisTab } from '../parts/browser-storage.ts'

const keyOf = (code: string) => `streamit.password.${code}`

/**
 * The server tells a room's password once. The tab that made it remembers, so that the host can still hand it on after a
 * reload. Who waits at the door keeps what they typed for as long (web/invite/wish.ts), and nobody else's browser holds it.
 */
export const rememberRoomPassword = (code: string, password: string | undefined): void => {
  ofThisTab.keep(keyOf(code), password ?? null)
}

export const rememberedRoomPassword = (code: string): string | null => ofThisTab.read(keyOf(code))
