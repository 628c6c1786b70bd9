import type { Room } from '../domain/room.ts'
import { allOf } from './all-of.ts'
import { change } from './change.ts'
import { all, either, equals, isBelow, isMissing } from './conditions.ts'
import { revisionKey, roomKey } from './keys.ts'
import { isLiving } from './rights.ts'
import { parseRoom } from './rooms.ts'

const EMPTY_SINCE = 'empty_since'

/** Notes that nobody has been in a room that plays since `since`. Of several who note it, the latest instant counts. */
export const noteEmpty = async (code: string, since: number): Promise<void> => {
  await change(roomKey(code), {
    set: { [EMPTY_SINCE]: since },
    when: all(
      isLiving,
      equals('is_playing', true),
      either(isMissing(EMPTY_SINCE), equals(EMPTY_SINCE, null), isBelow(EMPTY_SINCE, since)),
    ),
  })
}

/** Somebody is there: that the room was empty before then says nothing any more. */
export const forgetEmpty = async (code: string, before: number): Promise<void> => {
  await allOf([
    change(roomKey(code), { set: { [EMPTY_SINCE]: null }, when: all(isLiving, isBelow(EMPTY_SINCE, before)) }),
    change(revisionKey(code, 'people'), { set: { emptied_at: 0 }, when: isBelow('emptied_at', before) }),
  ])
}

/** Pauses a room that nobody watched, at `time` seconds. Undefined if somebody commanded it or came meanwhile. */
export const pauseEmpty = async (room: Room, time: number, now: number): Promise<Room | undefined> => {
  const isNoted =
    room.empty_since === null
      ? either(isMissing(EMPTY_SINCE), equals(EMPTY_SINCE, null))
      : equals(EMPTY_SINCE, room.empty_since)
  const result = await change(
    roomKey(room.code),
    {
      set: { is_playing: false, time, at: now, [EMPTY_SINCE]: null },
      add: { version: 1 },
      when: all(isLiving, equals('version', room.version), equals('is_playing', true), isNoted),
    },
    'ALL_NEW',
  )
  return result.done ? parseRoom(result.item) : undefined
}
