import type { Programme } from './live-line.ts'

type Fragment = { start: number; programDateTime: number | null }
/** As far as it is used of hls.js. */
type HlsApi = {
  latestLevelDetails: {
    live: boolean
    edge: number
    age: number
    fragmentStart: number
    targetduration: number
    fragments: readonly Fragment[]
  } | null
  liveSyncPosition: number | null
  playingDate: Date | null
}
/** As far as it is used of dash.js. */
type DashApi = {
  isReady: () => boolean
  isDynamic: () => boolean
  timeAsUTC: () => number
  getDvrWindow: () => { start: number; end: number } | null
  getTargetLiveDelay: () => number
}

type Streamed = HTMLVideoElement & { api?: unknown }

const isHlsApi = (api: unknown): api is HlsApi => typeof api === 'object' && api !== null && 'latestLevelDetails' in api
const isDashApi = (api: unknown): api is DashApi => typeof api === 'object' && api !== null && 'isDynamic' in api

const ofHls = (api: HlsApi, now: number): Programme | null => {
  const details = api.latestLevelDetails
  if (details === null) return null
  // The fragment that plays knows best: its place on the element's line is measured, those of the others are planned.
  const dated = details.fragments.find(({ programDateTime }) => programDateTime !== null)
  const zero =
    api.playingDate !== null
      ? api.playingDate.getTime() - now * 1000
      : dated?.programDateTime != null
        ? dated.programDateTime - dated.start * 1000
        : null
  const newest = details.edge + (details.live ? details.age : 0)
  const behindNewest = newest - SEGMENTS_BEHIND * details.targetduration
  return {
    isLive: details.live,
    zero,
    // hls.js' own place to begin is the newest picture itself while it has not measured anything yet.
    edge: Math.max(details.fragmentStart, Math.min(api.liveSyncPosition ?? behindNewest, behindNewest)),
    newest,
    oldest: details.fragmentStart,
  }
}

const ofDash = (api: DashApi, now: number): Programme | null => {
  if (!api.isReady()) return null
  const isLive = api.isDynamic()
  const range = api.getDvrWindow()
  if (!isLive || range === null) return null
  return {
    isLive,
    zero: (api.timeAsUTC() - now) * 1000,
    edge: Math.max(range.start, range.end - api.getTargetLiveDelay()),
    newest: range.end,
    oldest: range.start,
  }
}

/** What browsers tell that play HLS themselves (Safari). */
const ofBrowser = (element: HTMLVideoElement & { getStartDate?: () => Date }): Programme | null => {
  const { seekable } = element
  if (element.duration !== Number.POSITIVE_INFINITY || seekable.length === 0) return null
  const newest = seekable.end(seekable.length - 1)
  const start = element.getStartDate?.().getTime() ?? Number.NaN
  return {
    isLive: true,
    zero: Number.isNaN(start) ? null : start,
    edge: Math.max(seekable.start(0), newest - BEHIND_NEWEST_SECONDS),
    newest,
    oldest: seekable.start(0),
  }
}

/** What players keep between themselves and the newest picture. */
const SEGMENTS_BEHIND = 3
/** Three segments of the usual length. */
const BEHIND_NEWEST_SECONDS = 18

/** What the stream behind an HLS or DASH element tells of itself; null while, or where, it tells nothing. */
export const programmeOf = (element: Streamed): Programme | null => {
  const { api } = element
  if (isHlsApi(api)) return ofHls(api, element.currentTime)
  if (isDashApi(api)) return ofDash(api, element.currentTime)
  return element.localName === 'hls-video' ? ofBrowser(element) : null
}
