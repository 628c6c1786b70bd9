/** Whether an embed shows a recording or a broadcast. */
export type EmbedNature = {
  isLive: (now: number) => boolean
  /** False for a moment after loading: before it is known nothing must be sought in a broadcast. */
  isKnown: (now: number) => boolean
}

type Embedded = HTMLVideoElement & { api?: { getVideoData?: () => { isLive?: unknown } | undefined } | null }

/** A broadcast's length grows a few times in this time; a recording's never does. */
const WATCHED_FOR_MS = 700
const GROWTHS = 2

/** YouTube says whether it is live, in a way that is written down nowhere; a length that grows says it as well. */
export const createEmbedNature = (element: Embedded): EmbedNature => {
  let longest = 0
  let growths = 0
  let lengthSince: number | null = null
  const said = (): boolean | undefined => {
    const isLive = element.api?.getVideoData?.()?.isLive
    return typeof isLive === 'boolean' ? isLive : undefined
  }
  const watch = (now: number) => {
    const { duration } = element
    if (duration === Number.POSITIVE_INFINITY) growths = GROWTHS
    if (!Number.isFinite(duration) || duration <= longest) return
    if (lengthSince === null) lengthSince = now
    else growths += 1
    longest = duration
  }
  return {
    isLive: (now) => {
      watch(now)
      return said() === true || growths >= GROWTHS
    },
    isKnown: (now) => {
      watch(now)
      const isWatched = lengthSince !== null && now - lengthSince >= WATCHED_FOR_MS
      return element.localName !== 'youtube-video' || said() !== undefined || growths >= GROWTHS || isWatched
    },
  }
}
