import type { LearnedMedia } from '../../protocol/media.ts'
import type { Room, RoomChange } from '../domain/room.ts'
import { change } from './change.ts'
import { all, differs, either, equals, isMissing } from './conditions.ts'
import { listingOf, roomKey } from './keys.ts'
import { livesAndMay } from './rights.ts'
import { parseRoom } from './rooms.ts'

/**
 * Changes settings if the caller still may and `expected` still holds. A change of media pauses at `start` (seconds) in
 * the same write. Undefined when one of these fails.
 */
export const changeRoom = async (
  code: string,
  userId: string,
  { is_listed: isListed, ...changed }: RoomChange,
  expected: Pick<Room, 'entry_mode' | 'password_hash'>,
  { now, receivedAt, start = 0 }: { now: number; receivedAt: number; start?: number },
): Promise<Room | undefined> => {
  const hasNewMedia = changed.media !== undefined
  const result = await change(
    roomKey(code),
    {
      set: {
        ...changed,
        listing: isListed === undefined ? undefined : listingOf(code, isListed),
        ...(hasNewMedia && {
          is_playing: false,
          time: start,
          at: now,
          sent_at: receivedAt,
          plays_sent_at: receivedAt,
          empty_since: null,
        }),
      },
      add: { facts_revision: 1, ...(hasNewMedia && { version: 1 }) },
      when: all(
        livesAndMay('change', userId),
        equals('entry_mode', expected.entry_mode),
        equals('password_hash', expected.password_hash),
      ),
    },
    'ALL_NEW',
  )
  return result.done ? parseRoom(result.item) : undefined
}

const DURATION = ['media', 'duration']
const LIVE_ORIGIN = ['media', 'live_origin']

/**
 * Adds to the room's media what the host's player found out: a duration where there is none, a live stream's origin.
 * Undefined when the caller may not, the room has another video by now, or it knows that already.
 */
export const learnMedia = async (code: string, userId: string, learned: LearnedMedia): Promise<Room | undefined> => {
  const { url, duration, live_origin: origin } = learned
  const result = await change(
    roomKey(code),
    {
      setIn: [
        ...(duration === undefined ? [] : [[DURATION, duration] as const]),
        ...(origin === undefined ? [] : [[LIVE_ORIGIN, origin] as const]),
      ],
      add: { facts_revision: 1 },
      when: all(
        livesAndMay('change', userId),
        equals(['media', 'url'], url),
        ...(duration === undefined ? [] : [equals(DURATION, null)]),
        ...(origin === undefined ? [] : [either(isMissing(LIVE_ORIGIN), differs(LIVE_ORIGIN, origin))]),
      ),
    },
    'ALL_NEW',
  )
  return result.done ? parseRoom(result.item) : undefined
}
