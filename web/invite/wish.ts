import { ofThisTab } from '../parts/browser-storage.ts'

const keyOf = (code: string) => `streamit.wish.${code}`

/** That this tab waits at a room's door as this person: a reload goes on waiting. Null: no more. */
export const rememberWish = (code: string, personId: string | null): void => {
  ofThisTab.keep(keyOf(code), personId)
}

export const isWishRemembered = (code: string, personId: string | undefined): boolean =>
  personId !== undefined && ofThisTab.read(keyOf(code)) === personId
