import type { Cancel, Runtime } from '../runtime.ts'
import { steer } from './engine.ts'
import { errorsAt, FEWEST_READINGS, MOST_READINGS } from './error.ts'
import { median } from './median.ts'
import type { Player, Reading } from './player.ts'
import {
  type Action,
  type Hindrance,
  newSteering,
  noteResumed,
  noteStart,
  type Steering,
  type View,
} from './steering.ts'

/** The room as a player needs it, or undefined while there is nothing to play. */
export type Followed = Pick<View, 'playback' | 'duration' | 'clock'>

/** Who has to act before the player goes on: the browser wants a touch of the page, or something else has paused it. */
export type Hold = 'refused' | 'stopped'

/** How the player gets on, for showing. */
export type PlayerStatus = {
  hold: Hold | null
  hindrance: Hindrance | null
  /** Seconds of the whole video as the player knows them. */
  duration: number | null
  live: Reading['live'] | null
}

export const noPlayer: PlayerStatus = { hold: null, hindrance: null, duration: null, live: null }

export type PlayerDriver = {
  /** Looks at once instead of at the next turn: the room has changed. */
  look: () => void
  /** The person touched the page: play may be called again. */
  unblock: () => void
  /** How far the player is ahead of the room in milliseconds (negative: behind), null while it does not play by both. */
  drift: () => number | null
  stop: () => void
}

const LOOK_EVERY_MS = 50

const isRefusedByBrowser = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'name' in error && error.name === 'NotAllowedError'

/** Reads the player twenty times a second and does to it what the engine says. */
export const drivePlayer = (options: {
  runtime: Runtime
  player: Player
  follow: () => Followed | undefined
  /** Told of every change of the status. */
  onStatus?: (status: PlayerStatus) => void
}): PlayerDriver => {
  const { runtime, player } = options
  let memory: Steering = newSteering
  let readings: readonly Reading[] = []
  let status = noPlayer
  let isRefused = false
  let isStopped = false
  let cancelLook: Cancel | undefined
  let cancelStart: Cancel | undefined

  const become = (change: Partial<PlayerStatus>) => {
    const next = { ...status, ...change }
    const isSame = (Object.keys(next) as (keyof PlayerStatus)[]).every((key) => next[key] === status[key])
    if (isSame || isStopped) return
    status = next
    options.onStatus?.(status)
  }

  const play = (rate: number) => {
    const { position } = player.read()
    player.setRate(rate)
    memory = noteStart(memory, runtime.now(), position)
    readings = []
    // Wrapped, so that a player that throws is one that rejects. Any error but a refusal, such as a pause that overtook
    // the play, shows in the next readings.
    void (async () => player.play())().catch((error) => {
      if (!isRefusedByBrowser(error)) return
      isRefused = true
      become({ hold: 'refused' })
    })
  }

  const perform = (action: Action) => {
    cancelStart?.()
    switch (action.do) {
      case 'nothing':
        return
      case 'nudge':
        return player.setRate(action.rate)
      case 'pause':
        readings = []
        return player.pause()
      case 'seek':
        readings = []
        player.pause()
        return player.seek(action.position)
      case 'start at':
        cancelStart = runtime.after(Math.max(0, action.at - runtime.now()), () => play(action.rate))
        return
      default:
        return action satisfies never
    }
  }

  const rest = () => {
    readings = []
    cancelStart?.()
  }

  const look = () => {
    if (isStopped) return
    cancelLook?.()
    cancelLook = runtime.after(LOOK_EVERY_MS, look)
    const reading = player.read()
    become({ duration: reading.duration ?? null, live: reading.live ?? null })
    const followed = options.follow()
    if (followed === undefined || isRefused) return rest()
    readings = [...readings, reading].slice(-MOST_READINGS)
    const step = steer(memory, { ...followed, readings, now: runtime.now(), canNudge: player.canNudge })
    memory = step.memory
    become({ hold: memory.isStopped ? 'stopped' : null, hindrance: step.hindrance })
    perform(step.action)
  }

  const drift = (): number | null => {
    const followed = options.follow()
    if (isStopped || followed === undefined || followed.clock === null || !followed.playback.is_playing) return null
    if (status.live === 'edge') return null
    const errors = errorsAt(runtime.now(), followed.playback, followed.clock, readings)
    return errors.length < FEWEST_READINGS ? null : median(errors)
  }

  look()
  return {
    look,
    drift,
    unblock: () => {
      isRefused = false
      memory = noteResumed(memory)
      become({ hold: null })
      look()
    },
    stop: () => {
      isStopped = true
      cancelLook?.()
      cancelStart?.()
    },
  }
}
