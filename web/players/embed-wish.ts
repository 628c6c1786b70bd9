/** An embed that has not done what it was told by then does something else: an advertisement, a question about cookies. */
export const DISOBEYS_AFTER_MS = 6_000
/** Embeds tell their position a few times a second; one that has told nothing new for longer stands. */
export const LONGEST_SILENCE_MS = 1_200

/** Told to play later than this after it was told to pause, it was left paused: that is a wish of its own. */
const CORRECTED_WITHIN_MS = 15_000

/** What an embed shows at one instant. Instants are those of the local clock in milliseconds. */
type Shown = {
  now: number
  paused: boolean
  ended: boolean
  /** When its position last changed. */
  movedAt: number
  /** A seek has not arrived: it is under way, or was given up. */
  isAway: boolean
  /** How long it may take for what it was told. */
  patience: number
}

export type EmbedWish = {
  /** What it is told now: to play, or to pause. */
  tell: (plays: boolean, now: number) => void
  /** Takes in what it shows. Whether it does what it was told, or still may. */
  obeys: (shown: Shown) => boolean
}

/**
 * What an embed was told, and whether it does that. A correction tells it three things, to pause, to go somewhere and to
 * play. They are one wish: the time that it has begins with the first of them that it has not done.
 */
export const createEmbedWish = (): EmbedWish => {
  /** `since`: when it was last seen to do what it was told, or when the first thing that it has not done was told. */
  let wish: { plays: boolean; toldAt: number; since: number; isDone: boolean } | null = null

  const isDoneNow = ({ plays, toldAt, isDone }: NonNullable<typeof wish>, shown: Shown): boolean => {
    if (!plays) return shown.paused && !shown.isAway
    // Somebody else may pause it later, which is no disobedience.
    if (shown.paused) return isDone || shown.ended
    return shown.movedAt > toldAt && shown.now - shown.movedAt <= LONGEST_SILENCE_MS
  }

  return {
    tell: (plays, now) => {
      if (wish?.plays === plays) return
      const isSameWish = wish !== null && !wish.isDone && now - wish.toldAt <= CORRECTED_WITHIN_MS
      const since = wish !== null && isSameWish ? wish.since : now
      wish = { plays, toldAt: now, since, isDone: false }
    },
    obeys: (shown) => {
      if (wish === null) return true
      if (isDoneNow(wish, shown)) wish = { ...wish, isDone: true, since: shown.now }
      const isStill = !wish.plays && shown.paused
      return isStill || shown.now - wish.since < shown.patience
    },
  }
}
