import type { Player, Reading } from '../../client/index.ts'

const HAVE_FUTURE_DATA = 3

const known = (seconds: number): number | null => (Number.isFinite(seconds) && seconds > 0 ? seconds : null)

/** A player in this page: its position is exact at any moment and any rate can be set. */
export const createMediaPlayer = (element: HTMLVideoElement, isDragging: () => boolean): Player => {
  element.preservesPitch = true
  return {
    canNudge: true,
    read: (): Reading => ({
      position: element.currentTime,
      rate: element.playbackRate,
      paused: element.paused,
      buffering: element.seeking || element.readyState < HAVE_FUTURE_DATA,
      dragging: isDragging(),
      at: performance.now(),
      duration: known(element.duration),
    }),
    setRate: (rate) => {
      element.playbackRate = rate
    },
    seek: (position) => {
      element.currentTime = position
    },
    play: () => element.play(),
    pause: () => element.pause(),
  }
}
