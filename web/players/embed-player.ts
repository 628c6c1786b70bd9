import type { Player, Reading } from '../../client/index.ts'

const HAVE_METADATA = 1
/** A seek within an embed has arrived when it says so to within a second, or has had this long. */
const SEEK_TIMEOUT_MS = 4_000
const ARRIVED_SECONDS = 1
/** Embeds tell their position a few times a second; between two tellings it goes on by itself for no longer than this. */
const LONGEST_SILENCE_MS = 1_200
/** Nothing says that the browser refused: an embed that has not moved by then, in a page nobody has touched, was refused. */
const REFUSED_AFTER_MS = 2_500

const known = (seconds: number): number | null => (Number.isFinite(seconds) && seconds > 0 ? seconds : null)

const wasTouched = (): boolean => navigator.userActivation?.hasBeenActive ?? true

/** A player in somebody else's frame, reached by messages: it is seeked, never nudged. */
export const createEmbedPlayer = (element: HTMLVideoElement, isDragging: () => boolean): Player => {
  let told = { position: 0, at: performance.now() }
  let seek: { position: number; at: number } | null = null

  const look = (now: number) => {
    const position = element.currentTime
    if (position !== told.position) told = { position, at: now }
    if (seek === null) return
    const isThere = Math.abs(position - seek.position) < ARRIVED_SECONDS
    if (isThere || now - seek.at > SEEK_TIMEOUT_MS) seek = null
  }

  const refusedOrNot = (play: Promise<void> | undefined): Promise<void> =>
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

  return {
    canNudge: false,
    read: (): Reading => {
      const now = performance.now()
      look(now)
      const { paused } = element
      const since = paused ? 0 : Math.min(now - told.at, LONGEST_SILENCE_MS)
      return {
        position: told.position + since / 1000,
        rate: 1,
        paused,
        buffering:
          seek !== null || element.readyState < HAVE_METADATA || (!paused && now - told.at > LONGEST_SILENCE_MS),
        dragging: isDragging(),
        at: now,
        duration: known(element.duration),
      }
    },
    setRate: () => {},
    seek: (position) => {
      seek = { position, at: performance.now() }
      element.currentTime = position
    },
    play: () => refusedOrNot(element.play()),
    pause: () => element.pause(),
  }
}
