// Whether something else has paused a player: only what it is told here is ours.

/** Of an element in this page, which plays and pauses in the moment in which it is told to. */
export const watchElementPause = (element: HTMLVideoElement) => {
  let hasBegun = false
  // A video that is loaded anew stands still, and nobody has paused it.
  element.addEventListener('emptied', () => {
    hasBegun = false
  })
  return {
    /** To be called when it was told to play, or to pause. */
    tell: (plays: boolean): void => {
      hasBegun = plays && !element.paused
    },
    /** The browser has refused to play it. */
    refused: (): void => {
      hasBegun = false
    },
    isStopped: (): boolean => hasBegun && element.paused && !element.ended,
  }
}

/** An embed may say late that it was paused, of what was asked of it before it was started again. That is over by then. */
const SURE_AFTER_MS = 400

/** Of an embed, which says in its own time what it does. */
export const watchEmbedPause = (element: HTMLVideoElement) => {
  let plays = false
  let hasBegun = false
  let pausedSince: number | null = null
  element.addEventListener('playing', () => {
    hasBegun = plays
  })
  return {
    /** To be called when it is told to play, or to pause. */
    tell: (next: boolean): void => {
      if (next === plays) return
      plays = next
      hasBegun = false
    },
    /** It has played since it was told to. */
    hasBegun: (): boolean => hasBegun,
    /** `paused` is what it says. `unsure` for a moment. */
    look: (paused: boolean, now: number): 'unsure' | 'stopped' | 'none' => {
      if (!hasBegun || !paused) {
        pausedSince = null
        return 'none'
      }
      pausedSince ??= now
      return now - pausedSince < SURE_AFTER_MS ? 'unsure' : 'stopped'
    },
  }
}
