import type { Player } from '../../../client/sync/player.ts'
import { between } from './seeded-random.ts'
import type { VirtualTime } from './virtual-time.ts'

export type PlayerTraits = {
  /** Milliseconds from `play` or `seek` until pictures move, each time within a tenth of it; a function: each time anew. */
  latency: number | (() => number)
  /** Where starting takes another time than seeking. */
  startLatency?: number
  /** 0.001: a second of its time is a thousandth too fast. */
  rateError: number
  canNudge?: boolean
  /** Seconds by which a reading may be off either way. */
  readingNoise?: number
  /** Share of readings that are plain wrong, by up to two seconds. */
  badReadings?: number
  /** Seconds: there it pauses by itself, and `play` begins at the beginning. `saysEnded`: whether its readings tell that. */
  end?: { duration: number; tellsDuration?: boolean; saysEnded?: boolean }
  /** Seconds between which seeks land; all others land on the nearer of the two. `isTold`: whether its readings say so. */
  reach?: { from: () => number; to: () => number; isTold?: boolean }
  /** Seconds of video that its line brings in a second. What has not come cannot be shown, and a seek throws away what has. */
  line?: number
  /** Its readings say whether something else has paused it. */
  saysStopped?: boolean
  /** Its readings say that it obeys, as those of an embed, which may show something else. */
  saysObeys?: boolean
}

/** An empty buffer plays on once this much has come. */
const REFILL_SECONDS = 2

export type SimulatedPlayer = Player & {
  /** Where the picture really is, in seconds. */
  truth: () => number
  isMoving: () => boolean
  stall: (ms: number) => void
  drag: (isDragging: boolean, position?: number) => void
  seeks: number[]
  rates: number[]
  /** How often `play` began at the beginning because it stood at its end. */
  restarts: number
  /** Something else than the engine starts or pauses it. */
  meddle: (isPaused: boolean) => void
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

  let ended = false
  let loadedTo = 0
  let isRefilling = false
  let isMeantToPlay = false

  const latency = (base: PlayerTraits['latency']) =>
    typeof base === 'function' ? base() : base * between(random, 0.9, 1.1)
  const load = (now: number) => {
    if (traits.line === undefined) return
    loadedTo += ((now - seenAt) / 1000) * traits.line
    if (isRefilling && loadedTo - position >= REFILL_SECONDS) isRefilling = false
  }
  const advance = () => {
    const from = Math.max(seenAt, movesFrom, busyUntil)
    const now = time.now()
    load(now)
    if (!paused && !isRefilling && now > from) position += ((now - from) / 1000) * rate * (1 + traits.rateError)
    seenAt = now
    if (traits.line !== undefined && position > loadedTo) {
      position = loadedTo
      isRefilling = true
    }
    if (traits.end === undefined || paused || position < traits.end.duration) return
    position = traits.end.duration
    paused = true
    ended = true
  }
  const land = (to: number) => {
    const { reach, end } = traits
    const reached = reach === undefined ? to : Math.min(Math.max(to, reach.from()), reach.to())
    return Math.min(reached, end?.duration ?? Number.POSITIVE_INFINITY)
  }
  const extras = () => {
    const { reach, end } = traits
    return {
      ...(reach?.isTold === true && { seekable: { from: reach.from(), to: reach.to() } }),
      ...(end !== undefined && end.tellsDuration !== false && { duration: end.duration }),
      ...(end !== undefined && end.saysEnded !== false && { ended }),
      ...(traits.saysObeys === true && { obeys: true }),
      ...(traits.saysStopped === true && { stopped: isMeantToPlay && paused && !ended }),
    }
  }

  const player: SimulatedPlayer = {
    canNudge: traits.canNudge ?? true,
    seeks: [],
    rates: [],
    restarts: 0,
    meddle: (isPaused) => {
      advance()
      paused = isPaused
    },
    read: () => {
      advance()
      const noise = between(random, -1, 1) * (traits.readingNoise ?? 0)
      const wrong = random() < (traits.badReadings ?? 0) ? between(random, -2, 2) : 0
      const shown = Math.max(0, position + (paused ? 0 : noise + wrong))
      const buffering = time.now() < busyUntil || isRefilling
      return { position: shown, rate, paused, buffering, dragging, at: localNow(), ...extras() }
    },
    setRate: (next) => {
      advance()
      rate = next
      player.rates.push(next)
    },
    seek: (to) => {
      advance()
      position = land(to)
      loadedTo = position
      ended = traits.end !== undefined && position >= traits.end.duration
      busyUntil = time.now() + latency(traits.latency)
      player.seeks.push(to)
    },
    play: () => {
      advance()
      isMeantToPlay = true
      if (!paused) return
      if (ended) {
        position = 0
        ended = false
        player.restarts += 1
      }
      paused = false
      movesFrom = time.now() + latency(traits.startLatency ?? traits.latency)
    },
    pause: () => {
      advance()
      isMeantToPlay = false
      paused = true
    },
    truth: () => {
      advance()
      return position
    },
    isMoving: () => {
      advance()
      return !paused && !isRefilling && time.now() >= Math.max(movesFrom, busyUntil)
    },
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
