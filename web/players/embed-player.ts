import type { Reading } from '../../client/index.ts'
import { createEmbedNature } from './embed-nature.ts'
import { knownDuration, type PagePlayer, type PlayerOptions } from './media-player.ts'

const HAVE_METADATA = 1
/** A seek within an embed has arrived when it says so to within a second, or has had this long. */
const SEEK_TIMEOUT_MS = 4_000
const ARRIVED_SECONDS = 1
/** Embeds tell their position a few times a second; between two tellings it goes on by itself for no longer than this. */
const LONGEST_SILENCE_MS = 1_200
/** Nothing says that the browser refused: an embed that has not moved by then, in a page nobody has touched, was refused. */
const REFUSED_AFTER_MS = 2_500
/** An embed that has not done what it was told by then does something else: an advertisement, a question about cookies. */
const DISOBEYS_AFTER_MS = 6_000

const wasTouched = (): boolean => navigator.userActivation?.hasBeenActive ?? true

/** Resolves when the embed plays, rejects when it says so or stands still in a page that nobody has touched. */
const refusedOrNot = (element: HTMLVideoElement, play: Promise<void> | undefined): Promise<void> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      if (element.paused && !wasTouched()) reject(new DOMException('The embed did not start.', 'NotAllowedError'))
      else resolve()
    }, REFUSED_AFTER_MS)
    play?.then(
      () => {
        clearTimeout(timer)
        resolve()
      },
      (error) => {
        clearTimeout(timer)
        reject(error)
      },
    )
  })

/** Whether the embed stands at its end. It says so once; an embed that was moved or played again is not there any more. */
const watchEnd = (element: HTMLVideoElement): ((paused: boolean) => boolean) => {
  let endedAt: number | null = null
  element.addEventListener('ended', () => {
    endedAt = element.currentTime
  })
  return (paused) => {
    if (endedAt !== null && (!paused || Math.abs(element.currentTime - endedAt) > ARRIVED_SECONDS)) endedAt = null
    return endedAt !== null
  }
}

/** A player in somebody else's frame, reached by messages: it is seeked, never nudged. */
export const createEmbedPlayer = (element: HTMLVideoElement, options: PlayerOptions): PagePlayer => {
  let told = { position: 0, at: performance.now() }
  let seek: { position: number; at: number } | null = null
  let order: { plays: boolean; at: number } | null = null
  const isEnded = watchEnd(element)
  const nature = createEmbedNature(element)

  const update = (now: number) => {
    const position = element.currentTime
    if (position !== told.position) told = { position, at: now }
    if (seek === null) return
    const isThere = Math.abs(position - seek.position) < ARRIVED_SECONDS
    if (isThere || now - seek.at > SEEK_TIMEOUT_MS) seek = null
  }

  const obeys = (now: number, paused: boolean): boolean => {
    if (order === null || seek !== null || element.readyState < HAVE_METADATA) return true
    if (now - order.at < DISOBEYS_AFTER_MS) return true
    return order.plays ? paused || now - told.at < DISOBEYS_AFTER_MS : paused
  }

  return {
    canNudge: false,
    read: (): Reading => {
      const now = performance.now()
      update(now)
      const { paused } = element
      const isLive = nature.isLive(now)
      const since = paused ? 0 : Math.min(now - told.at, LONGEST_SILENCE_MS)
      const isSilent = !paused && !isLive && now - told.at > LONGEST_SILENCE_MS
      return {
        position: told.position + since / 1000,
        rate: 1,
        paused,
        buffering: seek !== null || element.readyState < HAVE_METADATA || isSilent || !nature.isKnown(now),
        dragging: options.isDragging(),
        at: now,
        duration: isLive ? null : knownDuration(element.duration),
        ended: isEnded(paused),
        failed: options.hasFailed(),
        obeys: obeys(now, paused),
        ...(isLive && { live: 'edge' }),
      }
    },
    setRate: () => {},
    seek: (position) => {
      seek = { position, at: performance.now() }
      element.currentTime = position
    },
    play: () => {
      order = { plays: true, at: performance.now() }
      return refusedOrNot(element, element.play())
    },
    pause: () => {
      order = { plays: false, at: performance.now() }
      element.pause()
    },
    live: () => null,
  }
}
