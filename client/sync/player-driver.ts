import { guard } from '../report.ts'
import type { Cancel, Runtime } from '../runtime.ts'
import { driftsAt, FEWEST_READINGS, MOST_READINGS } from './drift.ts'
import { steer } from './engine.ts'
import { median } from './median.ts'
import { createOwnDuration } from './own-duration.ts'
import { createPerformer } from './performer.ts'
import type { Player, Reading } from './player.ts'
import { type Hindrance, newSteering, noteResumed, noteStart, type Steering, type View } from './steering.ts'

/** The room as a player needs it, or undefined while there is nothing to play. */
export type Followed = Pick<View, 'playback' | 'duration' | 'clock'>

/** Who has to act before the player goes on: the browser wants a touch of the page, or something else has paused it. */
export type Hold = 'refused' | 'stopped'

/** How the player gets on, for showing. */
export type PlayerStatus = {
  hold: Hold | null
  hindrance: Hindrance | null
  /** Seconds of the whole video as the player knows them, and not of an advertisement. */
  duration: number | null
  live: Reading['live'] | null
}

export const noPlayer: PlayerStatus = { hold: null, hindrance: null, duration: null, live: null }

export type PlayerDriver = {
  /** Reads and steers the player now instead of at the next turn. To be called when the room has changed. */
  steerNow: () => void
  /** To be called when the person touched the page: play may be called again. */
  unblock: () => void
  /** How far the player is ahead of the room in milliseconds (negative: behind), null while it does not play by both. */
  drift: () => number | null
  stop: () => void
}

const STEER_EVERY_MS = 50

/** Keeps the status, and tells it where it changes. */
const createStatus = (onStatus: (status: PlayerStatus) => void) => {
  let status = noPlayer
  return {
    get: () => status,
    become: (change: Partial<PlayerStatus>) => {
      const next = { ...status, ...change }
      const isSame = (Object.keys(next) as (keyof PlayerStatus)[]).every((key) => next[key] === status[key])
      if (isSame) return
      status = next
      onStatus(status)
    },
  }
}

/**
 * A reading whose `duration` is a duration or null. Before a video is loaded, elements and embeds say NaN or 0, and a
 * broadcast says Infinity.
 */
const readingOf = (player: Player): Reading => {
  const reading = player.read()
  const { duration } = reading
  return Number.isFinite(duration) && Number(duration) > 0 ? reading : { ...reading, duration: null }
}

/** Reads the player, with the length of the video in place of an advertisement's. */
const createReader = (player: Player) => {
  const withOwnDuration = createOwnDuration()
  /** As last known: while a command is under way there is nothing to follow. */
  let roomDuration: number | null = null
  return (followed: Followed | undefined, isRefused: boolean): Reading => {
    if (followed !== undefined) roomDuration = followed.duration
    const reading = readingOf(player)
    // A player that the browser did not start shows no advertisement.
    return isRefused ? reading : withOwnDuration(reading, roomDuration)
  }
}

/** Reads the player twenty times a second and does to it what the engine says. */
export const drivePlayer = (options: {
  runtime: Runtime
  player: Player
  follow: () => Followed | undefined
  /** Called at every change of the status. */
  onStatus?: (status: PlayerStatus) => void
}): PlayerDriver => {
  const { runtime, player } = options
  let memory: Steering = newSteering
  let readings: readonly Reading[] = []
  let isRefused = false
  let isStopped = false
  let cancelNext: Cancel | undefined
  const read = createReader(player)
  const status = createStatus((next) => {
    if (!isStopped) options.onStatus?.(next)
  })
  const forget = () => {
    readings = []
  }
  const performer = createPerformer(options, {
    moved: forget,
    started: (position) => {
      memory = noteStart(memory, runtime.now(), position)
    },
    refused: () => {
      isRefused = true
      status.become({ hold: 'refused' })
    },
  })

  const turn = () => {
    const followed = options.follow()
    const reading = read(followed, isRefused)
    status.become({ duration: reading.duration ?? null, live: reading.live ?? null })
    if (followed === undefined || isRefused) {
      forget()
      return performer.cancelStart()
    }
    readings = [...readings, reading].slice(-MOST_READINGS)
    const step = steer(memory, { ...followed, readings, now: runtime.now(), canNudge: player.canNudge })
    memory = step.memory
    status.become({ hold: memory.isStopped ? 'stopped' : null, hindrance: step.hindrance })
    performer.perform(step.action)
  }

  const steerNow = () => {
    if (isStopped) return
    cancelNext?.()
    cancelNext = runtime.after(STEER_EVERY_MS, steerNow)
    // A player that fails, as while an embed is not ready yet, is tried again, and can be let go of.
    guard(turn)
  }

  const drift = (): number | null => {
    const followed = options.follow()
    if (isStopped || followed === undefined || followed.clock === null || !followed.playback.is_playing) return null
    if (status.get().live === 'edge') return null
    const drifts = driftsAt(runtime.now(), followed.playback, followed.clock, readings)
    return drifts.length < FEWEST_READINGS ? null : median(drifts)
  }

  const unblock = () => {
    isRefused = false
    // From here on nothing else keeps the player paused.
    if (player.read().stopped === true) player.pause()
    memory = noteResumed(memory)
    status.become({ hold: null })
    steerNow()
  }
  const stop = () => {
    isStopped = true
    cancelNext?.()
    performer.cancelStart()
  }

  steerNow()
  return { steerNow, drift, unblock, stop }
}
