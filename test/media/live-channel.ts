import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { decodeTimeOf, moved, readTrack } from './mp4-boxes.ts'

export const SEGMENT_SECONDS = 2
const PARTS = 4
const folder = join(import.meta.dirname, 'files', 'live')

/** Four checked-in segments of one track, repeated without end. */
const openTrack = (id: 0 | 1) => {
  const init = readFileSync(join(folder, `init-${id}.mp4`))
  const parts = Array.from({ length: PARTS }, (_, part) => readFileSync(join(folder, `part-${id}-${part}.m4s`)))
  const { ticksPerSecond, skippedTicks } = readTrack(init)
  const round = PARTS * SEGMENT_SECONDS * ticksPerSecond
  const partOf = (segment: number): Buffer => parts[segment % PARTS] as Buffer
  // The parts lie in the second round: segment 4 is where it was made.
  const shiftOf = (segment: number): number => (Math.floor(segment / PARTS) - 1) * round
  const startOf = (segment: number): number => decodeTimeOf(partOf(segment)) + shiftOf(segment) - skippedTicks
  return {
    init,
    ticksPerSecond,
    /** In ticks since the stream began. */
    startOf,
    ticksOf: (segment: number): number => startOf(segment + 1) - startOf(segment),
    segment: (segment: number): Buffer => moved(partOf(segment), shiftOf(segment), segment + 1),
  }
}
export type LiveTrack = ReturnType<typeof openTrack>

export const picture = openTrack(0)
export const sound = openTrack(1)

export type ChannelOptions = {
  /** When the first segment began, in milliseconds since 1970: two servers with the same instant serve the same stream. */
  beganAt?: number
  /** How many segments the manifests list. Infinity: all since the beginning, as an EVENT playlist. */
  windowSegments?: number
  /** EXT-X-PROGRAM-DATE-TIME in the playlists. */
  dates?: boolean
  /** DASH: every segment by its time, in place of one duration for all. */
  timeline?: boolean
  /** DASH: the server's clock in the manifest (urn:mpeg:dash:utc:direct). */
  utcTiming?: boolean
}

/** What a channel is at one instant. */
export type ChannelState = Required<ChannelOptions> & {
  now: number
  /** The oldest that is listed. */
  first: number
  /** One after the newest that is whole. */
  next: number
  ended: boolean
}

export const stateOf = (options: Required<ChannelOptions>, now: number, endedAt: number | undefined): ChannelState => {
  const next = Math.max(0, Math.floor(((endedAt ?? now) - options.beganAt) / (SEGMENT_SECONDS * 1000)))
  return { ...options, now, first: Math.max(0, next - options.windowSegments), next, ended: endedAt !== undefined }
}

/** A segment that is whole, and that a host would not have thrown away yet. */
export const isThere = ({ first, next, windowSegments, ended }: ChannelState, segment: number): boolean =>
  segment < next && (ended || segment >= first - windowSegments)
