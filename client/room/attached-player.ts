import type { Clock } from '../clock/clock.ts'
import type { Cancel } from '../runtime.ts'
import type { Player } from '../sync/player.ts'
import { drivePlayer, noPlayer, type PlayerDriver, type PlayerStatus } from '../sync/player-driver.ts'
import type { RoomListener, SessionContext } from './listener.ts'
import type { RoomSession } from './session.ts'
import { playbackToFollow } from './shown-playback.ts'

export type AttachedPlayer = { listener: RoomListener; actions: Pick<RoomSession, 'attach' | 'unblock' | 'drift'> }

/** The one player that a session keeps in step, and its status in the room's state. */
export const createAttachedPlayer = (
  { runtime, store }: SessionContext,
  clock: { get: () => Clock | null },
): AttachedPlayer => {
  let driver: PlayerDriver | undefined
  let seen = store.get()

  const showStatus = (player: PlayerStatus) =>
    store.update((state) => ({ ...state, player, isPlaybackBlocked: player.hold !== null }))

  const follow = () => {
    const { media } = store.get()
    const playback = playbackToFollow(store.get())
    if (playback === null || media === null) return undefined
    return { playback, clock: clock.get(), duration: media.duration }
  }

  const listener: RoomListener = {
    heard: () => {
      const { playback, media } = seen
      seen = store.get()
      // At once instead of at the driver's next turn.
      if (seen.playback !== playback || seen.media !== media) driver?.steerNow()
    },
    stop: () => driver?.stop(),
  }

  const attach = (player: Player): Cancel => {
    // The room has ended, and nothing would ever let go of the player.
    if (store.get().connection.status === 'closed') return () => {}
    driver?.stop()
    showStatus(noPlayer)
    const attached = drivePlayer({ runtime, player, follow, onStatus: showStatus })
    driver = attached
    return () => {
      attached.stop()
      // A player that was attached since then stays.
      if (driver !== attached) return
      driver = undefined
      showStatus(noPlayer)
    }
  }

  return { listener, actions: { attach, unblock: () => driver?.unblock(), drift: () => driver?.drift() ?? null } }
}
