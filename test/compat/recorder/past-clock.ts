export type PastClock = {
  /** Epoch milliseconds. */
  now: () => number
  /** Goes on from that moment. */
  jumpTo: (instant: number) => void
}

/** A clock that runs as fast as any other, and begins where it is told. */
export const startPastClock = (beginning: number): PastClock => {
  let origin = beginning - performance.now()
  return {
    now: () => Math.floor(origin + performance.now()),
    jumpTo: (instant) => {
      origin = instant - performance.now()
    },
  }
}
