import type { Player } from '../../../client/player.ts'
import { between } from './seeded-random.ts'
import type { VirtualTime } from './virtual-time.ts'

export type PlayerTraits = {
  /** Milliseconds from `play` or `seek` until pictures move, each time within a tenth of it. */
  latency: number
  /** Where starting takes another time than seeking. */
  startLatency?: number
  /** 0.001: a second of its time is a thousandth too fast. */
  rateError: number
  canNudge?: boolean
  /** Seconds by which a reading may be off either way. */
  readingNoise?: number
  /** Share of readings that are plain wrong, by up to two seconds. */
  badReadings?: number
}

export type SimulatedPlayer = Player & {
  /** Where the picture really is, in seconds. */
  truth: () => number
  isMoving: () => boolean
  stall: (ms: number) => void
  drag: (isDragging: boolean, position?: number) => void
  seeks: number[]
  rates: number[]
}

/** A player with all that real ones do wrong. `localNow`: the clock of the device it runs on. */
export const createPlayer = (
  time: VirtualTime,
  random: () => number,
  localNow: () => number,
  traits: PlayerTraits,
): SimulatedPlayer => {
  let position = 0
  let rate = 1
  let paused = true
  let dragging = false
  let seenAt = time.now()
  let movesFrom = 0
  let busyUntil = 0

  const latency = (base: number) => base * between(random, 0.9, 1.1)
  const advance = () => {
    const from = Math.max(seenAt, movesFrom, busyUntil)
    const now = time.now()
    if (!paused && now > from) position += ((now - from) / 1000) * rate * (1 + traits.rateError)
    seenAt = now
  }

  const player: SimulatedPlayer = {
    canNudge: traits.canNudge ?? true,
    seeks: [],
    rates: [],
    read: () => {
      advance()
      const noise = between(random, -1, 1) * (traits.readingNoise ?? 0)
      const wrong = random() < (traits.badReadings ?? 0) ? between(random, -2, 2) : 0
      const shown = Math.max(0, position + (paused ? 0 : noise + wrong))
      return { position: shown, rate, paused, buffering: time.now() < busyUntil, dragging, at: localNow() }
    },
    setRate: (next) => {
      advance()
      rate = next
      player.rates.push(next)
    },
    seek: (to) => {
      advance()
      position = to
      busyUntil = time.now() + latency(traits.latency)
      player.seeks.push(to)
    },
    play: () => {
      advance()
      if (!paused) return
      paused = false
      movesFrom = time.now() + latency(traits.startLatency ?? traits.latency)
    },
    pause: () => {
      advance()
      paused = true
    },
    truth: () => {
      advance()
      return position
    },
    isMoving: () => !paused && time.now() >= Math.max(movesFrom, busyUntil),
    stall: (ms) => {
      advance()
      busyUntil = time.now() + ms
    },
    drag: (isDragging, to) => {
      advance()
      dragging = isDragging
      if (to !== undefined) position = to
    },
  }
  return player
}
