const keyOf = (code: string) => `streamit.password.${code}`

/**
 * The server tells a room's password once. The tab that made it remembers, so that the host can still hand it on after a
 * reload; nobody else's browser ever holds it.
 */
export const rememberRoomPassword = (code: string, password: string | undefined): void => {
  if (password === undefined) sessionStorage.removeItem(keyOf(code))
  else sessionStorage.setItem(keyOf(code), password)
}

export const rememberedRoomPassword = (code: string): string | null => sessionStorage.getItem(keyOf(code))
