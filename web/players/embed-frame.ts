/** An embed whose frame is there and that has said nothing by then asks for something first, such as a consent, or is blocked. */
const SPEAKS_WITHIN_MS = 5_000

/** Whether anything was answered for the embed's frame: until then the browser shows an empty page of our own there. */
export const hasAnswered = (element: Element | null): boolean =>
  element?.shadowRoot?.querySelector('iframe')?.contentDocument === null

/** Tells of an embed that has not said anything yet whether its frame was there for so long that it should have. */
export const createEmbedFrame = (element: HTMLElement): { isMute: (now: number) => boolean } => {
  let answeredAt: number | null = null
  return {
    isMute: (now) => {
      if (hasAnswered(element)) answeredAt ??= now
      return answeredAt !== null && now - answeredAt >= SPEAKS_WITHIN_MS
    },
  }
}
