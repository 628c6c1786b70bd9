import type { ServerEventOf } from '../../protocol/server-events.ts'
import type { Api } from '../api/api.ts'
import type { ErrorCode } from '../api/api-error.ts'
import type { Clock } from '../clock/clock.ts'
import type { Cancel, Runtime } from '../runtime.ts'
import type { Store } from '../store.ts'
import type { Player } from '../sync/player.ts'
import type { RoomState } from './room-state.ts'
import type { Phase } from './shown-playback.ts'

/** An ERROR frame, with its code as this version knows it. */
export type ToldError = Omit<ServerEventOf<'ERROR'>, 'code'> & { code: ErrorCode }

export type SessionOptions = {
  api: Api
  /** The room's code, as it was typed, or its link; the caller must be an approved member. */
  code: string
  runtime?: Runtime
  /** Address of the room's socket. Default: the given path below the API's origin. */
  socketUrl?: (code: string, token: string) => string
  /** ERROR frames that belong to nothing that was asked with a promise. */
  onError?: (error: ToldError) => void
}

/** A room that somebody is in: draw `store`, give it a player, and call what the person does. */
export type RoomSession = {
  store: Store<RoomState>
  /** The server's clock as known now, null before the first PONG. Milliseconds. */
  clock: () => Clock | null
  /** Where the room is now, in seconds. */
  position: () => number
  phase: () => Phase
  /**
   * For those with the right `command`: the server ignores it from anyone else. `time` in seconds, by default where the
   * room is when the command goes out; PLAY from the beginning where its video is over then.
   */
  play: (time?: number) => void
  pause: (time?: number) => void
  seek: (time: number) => void
  /**
   * Says something in the room's chat; resolves when it stands in the list. Where the line is lost before that, it is sent
   * again over the next one, and the room hears it once. Rejects when it is refused, could not be sent, or is not answered.
   * @throws ApiError `chat_disabled`, `muted`, `too_fast` (with `retryAfter`, and `limit`), `too_large`, `unreachable`,
   * `timed_out`
   */
  say: (message: string) => Promise<void>
  /** Keeps this player in step, instead of any before, until cancelled. Attach anew when the player loads another video. */
  attach: (player: Player) => Cancel
  /** Reads the page of chat before the oldest message held; false where there is nothing older. @throws ApiError */
  readOlder: () => Promise<boolean>
  /**
   * Reads the page behind the newest message held, where newer ones were let go (`state.newerUntil`); false where none
   * is left.
   * @throws ApiError
   */
  readNewer: () => Promise<boolean>
  /** Holds the newest page instead of what is held, where newer messages were let go. @throws ApiError */
  readNewest: () => Promise<void>
  /**
   * Keeps `state.members` up to date until cancelled. It is read now, and 250 ms after news: that somebody came, went or
   * asked to be let in. One reading answers a burst. One that fails is tried again after some seconds. Several watchers
   * share one list and one reading. The list is dropped with the last.
   */
  watchMembers: () => Cancel
  /** Reads `state.members` again after a change that no event tells, such as a mute; nothing while nobody watches. */
  refreshMembers: () => void
  /** To be called from a click after the browser refused to play. */
  unblock: () => void
  /**
   * How far the attached player is ahead of the room in milliseconds (negative: behind), as the median of its last
   * readings. Null while there are too few of them, or the room or the player stands still.
   */
  drift: () => number | null
  /** To be called when the page knows better than the timers: it became visible, or the device woke. */
  wake: () => void
  /** Closes the socket and stops everything. Membership stays: `api.call('rooms/leave', …)` ends that. */
  close: () => void
}
