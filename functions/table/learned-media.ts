import { LIVE_ORIGIN_SECONDS } from '../../protocol/limits.ts'
import type { LearnedMedia } from '../../protocol/media.ts'
import type { PlaybackState } from '../../protocol/playback.ts'
import { standAtEnd } from '../domain/playback.ts'
import { may } from '../domain/rights.ts'
import type { Room } from '../domain/room.ts'
import { change } from './change.ts'
import { all, type Expression, either, equals, isAtMost, isBelow, isMissing, isSameAs } from './conditions.ts'
import { roomKey } from './keys.ts'
import { type Changer, livesAndMay } from './rights.ts'
import { parseRoom } from './rooms.ts'

const DURATION = ['media', 'duration']
const LIVE_ORIGIN = ['media', 'live_origin']
/**
 * Of which video a player found out the duration, and which. Older functions leave them when they change the video: what is
 * in `media` was found out only while both still say the same.
 */
const LEARNED_URL = 'learned_url'
const LEARNED_DURATION = 'learned_duration'
export const LEARNED = [LEARNED_URL, LEARNED_DURATION] as const

/** None is known, or a shorter one that a player found out: of an advertisement, or of a file that was still growing. */
const mayBecome = (url: string, duration: number): Expression =>
  either(
    equals(DURATION, null),
    all(equals(LEARNED_URL, url), isSameAs(DURATION, LEARNED_DURATION), isBelow(DURATION, duration)),
  )

/** The live stream has no origin, or one of a week before. */
const mayBegin = (origin: number): Expression =>
  either(isMissing(LIVE_ORIGIN), isAtMost(LIVE_ORIGIN, origin - LIVE_ORIGIN_SECONDS * 1000))

/** Where a room is to stand from now on, if it was past its end at the version that was read. */
type Stand = (Pick<PlaybackState, 'time' | 'at'> & { version: number }) | undefined

const learnOnce = (code: string, by: Changer, { url, duration, live_origin: origin }: LearnedMedia, stand: Stand) =>
  change(
    roomKey(code),
    {
      set: {
        ...(duration !== undefined && { [LEARNED_URL]: url, [LEARNED_DURATION]: duration }),
        ...(stand !== undefined && { is_playing: false, time: stand.time, at: stand.at }),
      },
      setIn: [
        ...(duration === undefined ? [] : [[DURATION, duration] as const]),
        ...(origin === undefined ? [] : [[LIVE_ORIGIN, origin] as const]),
      ],
      add: { facts_revision: 1, ...(stand !== undefined && { version: 1 }) },
      when: all(
        livesAndMay(by.right, by.userId),
        equals(['media', 'url'], url),
        ...(duration === undefined ? [] : [mayBecome(url, duration)]),
        ...(origin === undefined ? [] : [mayBegin(origin)]),
        ...(stand === undefined ? [] : [equals('version', stand.version)]),
      ),
    },
    'ALL_NEW',
  )

/** Commands that come in between make it look again. */
const TRIES = 3

/**
 * Adds to the media what a player found out. A duration is added where none is known, or where a shorter one was found out
 * before. A live stream's origin is added where there is none, or where positions can no longer be counted from it. A room
 * that is past its end stands at that end from now on (`stands`): everybody was told so, and by the longer duration it would
 * leap ahead. Undefined when the caller may not, the room has another video by now, or it knows that already.
 */
export const learnMedia = async (
  read: Room,
  by: Changer,
  learned: LearnedMedia,
  now: number,
): Promise<{ room: Room; stands: boolean } | undefined> => {
  let known = read
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const end = learned.duration === undefined ? undefined : standAtEnd(known, now)
    const stand = end && { ...end, version: known.version }
    const { done, item } = await learnOnce(known.code, by, learned, stand)
    const room = parseRoom(item)
    if (room === undefined) return undefined
    if (done) return { room, stands: stand !== undefined }
    const isMeanwhile = stand !== undefined && room.version !== known.version
    if (!isMeanwhile || room.deleted_at !== null || !may(by.right, room, by.userId)) return undefined
    known = room
  }
  return undefined
}
