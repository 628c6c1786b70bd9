import type { CommandType } from '../../protocol/event-types.ts'
import type { RoomClock } from '../clock/room-clock.ts'
import { type Commander, createCommander } from './commander.ts'
import { isOver } from './is-over.ts'
import type { RoomListener, SessionContext } from './listener.ts'
import type { RoomSession } from './session.ts'
import { shownDuration, shownPhase, shownPosition } from './shown-playback.ts'

export type PlaybackActions = {
  listener: RoomListener
  actions: Pick<RoomSession, 'position' | 'phase' | 'play' | 'pause' | 'seek'>
}

/** Where the room's playback is, and a person's own commands to it. */
export const createPlaybackActions = (
  context: SessionContext,
  { serverNow, isFresh }: Pick<RoomClock, 'serverNow' | 'isFresh'>,
): PlaybackActions => {
  const { store } = context
  const position = () => shownPosition(store.get(), serverNow())
  /** What is over is played from its beginning. */
  const from = (type: CommandType, at: number) => (type === 'PLAY' && isOver(at, shownDuration(store.get())) ? 0 : at)
  /**
   * Where a command goes by itself: to where the room is. Null while nobody here can know that: before a greeting, without a
   * line, just after a sleep.
   */
  const here = (type: CommandType) => {
    const state = store.get()
    const isKnown = state.playback !== null && state.connection.status === 'open' && isFresh()
    return isKnown ? from(type, shownPosition({ ...state, intent: null }, serverNow())) : null
  }
  const commander: Commander = createCommander(context, here)
  const give = (type: CommandType, time?: number) =>
    commander.give({ type, time: time ?? from(type, position()) }, time === undefined)
  return {
    listener: commander,
    actions: {
      position,
      phase: () => shownPhase(store.get(), serverNow()),
      play: (time) => give('PLAY', time),
      pause: (time) => give('PAUSE', time),
      seek: (time) => give('SEEK', time),
    },
  }
}
