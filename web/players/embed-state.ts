/** What an embed says that it does. `unstarted`: it was not played yet, or shows something else than the video. */
export type EmbedState = 'unstarted' | 'loading' | 'plays' | 'paused'

type Embedded = HTMLVideoElement & { api?: { getPlayerState?: () => unknown } | null }

/** YouTube's own numbers. 2 is a pause, 0 the end. */
const youtubeStates = new Map<unknown, EmbedState>([
  [-1, 'unstarted'],
  [0, 'paused'],
  [1, 'plays'],
  [2, 'paused'],
  [3, 'loading'],
  [5, 'unstarted'],
])

/** Only YouTube tells one that has not begun from one that is paused, and one that loads from one that plays. */
export const embedState = (element: Embedded): EmbedState => {
  const told = element.localName === 'youtube-video' ? element.api?.getPlayerState?.() : undefined
  return youtubeStates.get(told) ?? (element.paused ? 'paused' : 'plays')
}
