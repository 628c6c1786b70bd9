import { median } from './median.ts'
import type { Player, Reading } from './player.ts'
import type { Cancel, Runtime } from './runtime.ts'
import { steer } from './sync-engine.ts'
import { errorsAt, FEWEST_READINGS, MOST_READINGS } from './sync-error.ts'
import { type Action, newSteering, noteStart, type Steering, type View } from './sync-steering.ts'

/** The room as a player needs it, or undefined while there is nothing to play. */
export type Followed = Pick<View, 'playback' | 'duration' | 'clock'>

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
  onBlocked: (isBlocked: boolean) => void
}): PlayerDriver => {
  const { runtime, player } = options
  let memory: Steering = newSteering
  let readings: readonly Reading[] = []
  let isBlocked = false
  let isStopped = false
  let cancelLook: Cancel | undefined
  let cancelStart: Cancel | undefined

  const block = (error: unknown) => {
    // Anything else, such as a pause that overtook the play, shows in the next readings.
    if (!isRefusedByBrowser(error)) return
    isBlocked = true
    options.onBlocked(true)
  }

  const play = (rate: number) => {
    const { position } = player.read()
    player.setRate(rate)
    memory = noteStart(memory, runtime.now(), position)
    readings = []
    // Wrapped, so that a player that throws is one that rejects.
    void (async () => player.play())().catch(block)
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
    const followed = options.follow()
    if (followed === undefined || isBlocked) return rest()
    readings = [...readings, player.read()].slice(-MOST_READINGS)
    const step = steer(memory, { ...followed, readings, now: runtime.now(), canNudge: player.canNudge })
    memory = step.memory
    perform(step.action)
  }

  const drift = (): number | null => {
    const followed = options.follow()
    if (isStopped || followed === undefined || followed.clock === null || !followed.playback.is_playing) return null
    const errors = errorsAt(runtime.now(), followed.playback, followed.clock, readings)
    return errors.length < FEWEST_READINGS ? null : median(errors)
  }

  look()
  return {
    look,
    drift,
    unblock: () => {
      isBlocked = false
      options.onBlocked(false)
      look()
    },
    stop: () => {
      isStopped = true
      cancelLook?.()
      cancelStart?.()
    },
  }
}
