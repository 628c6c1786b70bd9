/** This near to its end a video is over: playing means from the beginning. */
const OVER_SECONDS = 0.3

/**
 * Whether the room stands at the end of its video. `position` and `duration` in seconds; `duration` is null where there is no
 * end, or nobody knows it.
 */
export const isOver = (position: number, duration: number | null): boolean =>
  duration !== null && position >= duration - OVER_SECONDS
