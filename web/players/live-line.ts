/** What a stream tells of itself. Seconds are those of the element. */
export type Programme = {
  isLive: boolean
  /** When the picture at second 0 was made, in epoch milliseconds; null where the stream does not say. */
  zero: number | null
  /** Where somebody who comes now should begin: a little before the newest picture, so that there is something to load. */
  edge: number
  /** The newest picture. */
  newest: number
  /** The oldest picture that can still be had. */
  oldest: number
}

/** Where a live stream is on the room's time line, in seconds of the room. */
export type LiveFacts = {
  /** Where somebody who comes now should begin. */
  edge: number
  /** The oldest place that can still be had. */
  oldest: number
  /** The programme time of the edge, in epoch milliseconds. */
  edgeMadeAt: number
  /** The programme time at which positions count 0 here: the room's origin, or this player's own while it has none. */
  origin: number
}

export type LiveLine = {
  /** Takes in what the stream tells now. */
  look: (programme: Programme | null) => void
  /** Seconds to add to the element's own for those of the room; null while that is not known. */
  offset: () => number | null
  isLive: () => boolean
  facts: () => LiveFacts | null
}

/** What players round, and what one fragment's time is off from the next one's, is no news. */
const SAME_ZERO_MS = 20
/** An estimate moves with every segment that the list names: only a jump of several is news. */
const SAME_ESTIMATE_MS = 10_000

/**
 * The one time line of everybody who watches a live stream. Its second 0 is the room's `live_origin`. Where the stream
 * says when its pictures were made, that places them. Where it does not, the newest picture counts as made now: viewers
 * then keep one distance from their own edge.
 */
export const createLiveLine = (options: {
  /** The room's `live_origin` in epoch milliseconds, undefined while its host has not told one. */
  origin: () => number | undefined
  /** Epoch milliseconds, null while unknown. */
  serverNow: () => number | null
}): LiveLine => {
  let programme: Programme | null = null
  let zero: number | null = null
  // Until the room has an origin, the edge at which this viewer found the stream is one.
  let ownOrigin: number | null = null

  const look = (told: Programme | null) => {
    programme = told
    if (told === null) return
    const serverNow = options.serverNow()
    const estimate = !told.isLive || serverNow === null ? null : serverNow - told.newest * 1000
    const found = told.zero ?? estimate
    if (found === null) return
    const isSame = zero !== null && Math.abs(found - zero) <= (told.zero === null ? SAME_ESTIMATE_MS : SAME_ZERO_MS)
    if (!isSame) zero = found
    if (told.isLive && zero !== null) ownOrigin ??= Math.round(zero + told.edge * 1000)
  }

  const isOnLine = () => programme?.isLive === true || options.origin() !== undefined
  const offset = (): number | null => {
    const origin = options.origin() ?? ownOrigin
    if (!isOnLine() || origin === null) return programme?.isLive === true ? null : 0
    // A stream that has ended and never said its time: what is left of it is watched as a recording.
    if (zero === null) return programme?.isLive === true ? null : 0
    return (zero - origin) / 1000
  }

  return {
    look,
    offset,
    isLive: () => programme?.isLive === true,
    facts: () => {
      const shift = offset()
      const origin = options.origin() ?? ownOrigin
      if (programme?.isLive !== true || shift === null || zero === null || origin === null) return null
      return {
        edge: programme.edge + shift,
        oldest: programme.oldest + shift,
        edgeMadeAt: Math.round(zero + programme.edge * 1000),
        origin,
      }
    },
  }
}
