import type { Player, Reading, SeekableRange } from '../../client/index.ts'
import { createLiveLine, type LiveFacts } from './live-line.ts'
import { watchElementPause } from './outside-pause.ts'
import { programmeOf } from './programme.ts'

const HAVE_FUTURE_DATA = 3

export type PlayerOptions = {
  /** The runtime's local clock in milliseconds. */
  now: () => number
  /** The person drags the position. */
  isDragging: () => boolean
  /** The player has told that it gives up. */
  hasFailed: () => boolean
  /** The server's clock in epoch milliseconds, null while unknown. */
  serverNow: () => number | null
  /** The room's `live_origin`. */
  liveOrigin: () => number | undefined
}

/**
 * A player of the page. `live`: where a live stream is on the room's time line. `behind`: of a broadcast without a time
 * line, how many seconds it is behind its newest picture. Both are null for all others.
 */
export type PagePlayer = Player & { live: () => LiveFacts | null; behind: () => number | null }

export const knownDuration = (seconds: number): number | null =>
  Number.isFinite(seconds) && seconds > 0 ? seconds : null

/** Loading, or on its way to another place. Firefox has no data left at the end of a video, and loads nothing there either. */
export const isLoading = (element: HTMLVideoElement): boolean =>
  element.seeking || (element.readyState < HAVE_FUTURE_DATA && !element.ended)

const rangeOf = ({ seekable }: HTMLVideoElement, offset: number): SeekableRange | null =>
  seekable === undefined || seekable.length === 0
    ? null
    : { from: seekable.start(0) + offset, to: seekable.end(seekable.length - 1) + offset }

const isRefusal = (error: unknown): boolean => error instanceof DOMException && error.name === 'NotAllowedError'

/** A player in this page: its position is exact at any moment and any rate can be set. */
export const createMediaPlayer = (element: HTMLVideoElement, options: PlayerOptions): PagePlayer => {
  element.preservesPitch = true
  const pauses = watchElementPause(element)
  const line = createLiveLine({ origin: options.liveOrigin, serverNow: options.serverNow })
  const look = (): number | null => {
    line.look(programmeOf(element))
    return line.offset()
  }
  return {
    canNudge: true,
    read: (): Reading => {
      const offset = look()
      const isLive = line.isLive()
      const duration = isLive ? null : knownDuration(element.duration)
      return {
        position: element.currentTime + (offset ?? 0),
        rate: element.playbackRate,
        paused: element.paused,
        buffering: isLoading(element) || offset === null,
        dragging: options.isDragging(),
        at: options.now(),
        duration: duration === null ? null : duration + (offset ?? 0),
        ended: element.ended,
        stopped: pauses.isStopped(),
        seekable: rangeOf(element, offset ?? 0),
        failed: options.hasFailed(),
        ...(isLive && { live: 'line' }),
      }
    },
    setRate: (rate) => {
      element.playbackRate = rate
    },
    seek: (position) => {
      element.currentTime = Math.max(0, position - (look() ?? 0))
    },
    play: () => {
      const playing = element.play()
      pauses.tell(true)
      return playing?.catch((error) => {
        if (isRefusal(error)) pauses.refused()
        throw error
      })
    },
    pause: () => {
      pauses.tell(false)
      element.pause()
    },
    live: () => {
      look()
      return line.facts()
    },
    behind: () => null,
  }
}
