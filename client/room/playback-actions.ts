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
  { serverNow }: Pick<RoomClock, 'serverNow'>,
): PlaybackActions => {
  const { store } = context
  const commander: Commander = createCommander(context)
  const position = () => shownPosition(store.get(), serverNow())
  return {
    listener: commander,
    actions: {
      position,
      phase: () => shownPhase(store.get(), serverNow()),
      play: (time = position()) => commander.give({ type: 'PLAY', time }),
      pause: (time = position()) => commander.give({ type: 'PAUSE', time }),
      seek: (time) => commander.give({ type: 'SEEK', time }),
    },
  }
}
