import type { EmbedState } from './embed-state.ts'

/** A seek within an embed has arrived when it says so to within a second. */
const ARRIVED_SECONDS = 1
/** One that has led somewhere else has had this long to go on. */
const ELSEWHERE_AFTER_MS = 4_000
/** An embed that shows nothing of the video yet may not take seeks at all. */
const UNSTARTED_PATIENCE_MS = 4_000
/** Slow services need up to ten seconds. */
export const SEEK_PATIENCE_MS = 12_000

export type EmbedSeek = {
  begin: (position: number, from: number, now: number) => void
  /** Something else is wanted: it is not waited for any more. */
  giveUp: () => void
  /** Takes in where the embed says that it is. */
  look: (position: number, state: EmbedState, now: number) => void
  isUnderWay: () => boolean
  /** The last seek was given up, and has shown nothing. */
  isLost: () => boolean
}

/** The seek of an embed: it goes to another place in its own time, and says no more than where it is. */
export const createEmbedSeek = (): EmbedSeek => {
  let seek: { position: number; from: number; at: number } | null = null
  let isLost = false
  let stoodAt = 0
  const giveUp = () => {
    if (seek === null) return
    isLost = true
    stoodAt = seek.from
    seek = null
  }
  return {
    begin: (position, from, at) => {
      seek = { position, from, at }
      isLost = false
    },
    giveUp,
    look: (position, state, now) => {
      if (position !== stoodAt) isLost = false
      if (seek === null) return
      const waited = now - seek.at
      const hasArrived = Math.abs(position - seek.position) < ARRIVED_SECONDS
      const hasMoved = Math.abs(position - seek.from) > ARRIVED_SECONDS
      if (hasArrived || (hasMoved && waited > ELSEWHERE_AFTER_MS)) seek = null
      else if (waited > (state === 'unstarted' ? UNSTARTED_PATIENCE_MS : SEEK_PATIENCE_MS)) giveUp()
    },
    isUnderWay: () => seek !== null,
    isLost: () => isLost,
  }
}
