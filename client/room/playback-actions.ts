import type { CommandType } from '../../protocol/event-types.ts'
import type { RoomClock } from '../clock/room-clock.ts'
import { type Commander, createCommander } from './commander.ts'
import type { RoomListener, SessionContext } from './listener.ts'
import type { RoomSession } from './session.ts'
import { shownPhase, shownPosition } from './shown-playback.ts'

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
  /** Where the room itself is. Null while nobody here can know: before a greeting, without a line, just after a sleep. */
  const here = () => {
    const state = store.get()
    const isKnown = state.playback !== null && state.connection.status === 'open' && isFresh()
    return isKnown ? shownPosition({ ...state, intent: null }, serverNow()) : null
  }
  const commander: Commander = createCommander(context, here)
  const give = (type: CommandType, time?: number) =>
    commander.give({ type, time: time ?? position() }, time === undefined)
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
