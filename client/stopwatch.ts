import type { Runtime } from './runtime.ts'

/** Some systems stop the local clock during sleep: then it falls behind the wall's. */
export const CLOCKS_APART_MS = 500

/** What has passed since it was started, milliseconds. */
export type Stopwatch = {
  /** By the clock that went on the furthest: the local one stands still during sleep, and the wall's may be set back. */
  passed: () => number
  /** How much further the wall clock went on than the local one. */
  apart: () => number
}

export const startStopwatch = ({ now, wall }: Pick<Runtime, 'now' | 'wall'>): Stopwatch => {
  const begun = { now: now(), wall: wall() }
  const local = () => now() - begun.now
  const byWall = () => wall() - begun.wall
  return { passed: () => Math.max(local(), byWall()), apart: () => byWall() - local() }
}
