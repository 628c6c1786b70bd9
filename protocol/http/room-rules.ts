import { MAX_ROOM_PASSWORD_UNITS, MIN_ROOM_PASSWORD_LETTERS } from '../limits.ts'
import type { Media } from '../media.ts'
import { PlaybackTime } from '../playback-time.ts'
import type { EntryMode } from '../room.ts'
import { lettersAndDigits } from '../room-code.ts'
import { DisplayName } from '../text.ts'

// Rules that hold between fields of a room, when it is made and when it is changed.

type Entry = { is_private?: boolean | undefined; entry_mode?: EntryMode | null | undefined }

/** A private room says how one enters, a public one does not. */
export const entryIsWhole = ({ is_private, entry_mode }: Entry): boolean =>
  is_private === true ? entry_mode != null : entry_mode == null
export const entryRule = {
  path: ['entry_mode'],
  message: 'must be "PASSWORD" or "APPROVAL" when is_private is true, and null otherwise',
}

/** Only a public room stands among the public rooms. */
export const listedIsPublic = (room: { is_private?: boolean | undefined; is_listed?: boolean | undefined }): boolean =>
  room.is_private !== true || room.is_listed !== true
export const listedRule = { path: ['is_listed'], message: 'must be false or left out when is_private is true' }

/** Seconds at which a new video stands, paused, when it is chosen. */
export const start = PlaybackTime.optional()
export const startHasMedia = (wish: { start?: number | undefined; media?: Media | null | undefined }): boolean =>
  wish.start === undefined || wish.media != null
export const startRule = { path: ['start'], message: 'goes with media: send both' }

/** A password that the host chooses for a room, readable as a name is. Only its letters and digits are compared. */
export const RoomPassword = DisplayName.refine(
  (password) => [...lettersAndDigits(password)].length >= MIN_ROOM_PASSWORD_LETTERS,
  `must have at least ${MIN_ROOM_PASSWORD_LETTERS} letters or digits`,
).refine((password) => password.length <= MAX_ROOM_PASSWORD_UNITS, 'must be shorter')
