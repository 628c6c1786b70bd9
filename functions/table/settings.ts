import * as z from 'zod'
import { may } from '../domain/rights.ts'
import type { Room, RoomChange } from '../domain/room.ts'
import { change } from './change.ts'
import type { Item } from './client.ts'
import { all, either, equals, isAbove, isAtMost, isMissing } from './conditions.ts'
import { listingOf, roomKey } from './keys.ts'
import { LEARNED } from './learned-media.ts'
import { CommandItem } from './playback.ts'
import { type Changer, livesAndMay } from './rights.ts'
import { nameInDirectory, parseRoom, RoomItem } from './rooms.ts'

/**
 * The attribute in which each setting notes when it was asked for. Settings that share one are asked for together. The later
 * request counts, by when the gateway received it.
 */
const ASKED = {
  name: 'asked_name',
  is_chat_enabled: 'asked_chat',
  guests_allowed: 'asked_guests',
  control: 'asked_control',
  heirs: 'asked_heirs',
  is_locked: 'asked_lock',
  slow_mode_seconds: 'asked_slow',
  media: 'asked_media',
  is_private: 'asked_entry',
  entry_mode: 'asked_entry',
  password_hash: 'asked_entry',
  chosen_hash: 'asked_entry',
  password_at: 'asked_entry',
  // Only a public room can be listed.
  is_listed: 'asked_entry',
} as const satisfies Record<keyof RoomChange, string>

/** When it was last asked for. Rooms of 0.1.0 do not say so: there every request is the later one. */
const AskedAt = z.number().default(0)

const askedBy = (changed: RoomChange): (typeof ASKED)[keyof RoomChange][] => [
  ...new Set((Object.keys(changed) as (keyof RoomChange)[]).map((field) => ASKED[field])),
]

type Times = { now: number; receivedAt: number; start?: number }

/**
 * What a change of media says of playback: that the room stands, and where. `plays`: a SEEK that was received later has
 * said where. `nothing`: a PLAY or PAUSE that was received later has said both.
 */
type Says = 'both' | 'nothing' | 'plays'

const saysOf = (item: Item, receivedAt: number): Says => {
  const { sent_at } = RoomItem.parse(item)
  if (sent_at <= receivedAt) return 'both'
  return (CommandItem.parse(item).plays_sent_at ?? sent_at) <= receivedAt ? 'plays' : 'nothing'
}

const playbackOf = (says: Says, { now, receivedAt, start = 0 }: Times) => {
  if (says === 'nothing') return { set: {}, when: isAbove('sent_at', receivedAt) }
  const plays = { is_playing: false, plays_sent_at: receivedAt }
  if (says === 'plays')
    return { set: plays, when: all(isAbove('sent_at', receivedAt), isAtMost('plays_sent_at', receivedAt)) }
  return { set: { ...plays, time: start, at: now, sent_at: receivedAt }, when: isAtMost('sent_at', receivedAt) }
}

const changeOnce = (
  code: string,
  { userId, right }: Changer,
  { is_listed: isListed, ...changed }: RoomChange,
  expected: Pick<Room, 'entry_mode' | 'password_hash'>,
  times: Times,
  says: Says,
) => {
  const asked = askedBy({ ...changed, ...(isListed !== undefined && { is_listed: isListed }) })
  const playback = changed.media === undefined ? undefined : playbackOf(says, times)
  return change(
    roomKey(code),
    {
      set: {
        ...changed,
        ...(changed.name !== undefined && nameInDirectory({ code, name: changed.name })),
        listing: isListed === undefined ? undefined : listingOf(code, isListed),
        ...Object.fromEntries(asked.map((attribute) => [attribute, times.receivedAt])),
        ...playback?.set,
      },
      add: { facts_revision: 1, ...(playback !== undefined && { version: 1 }) },
      ...(playback !== undefined && { remove: LEARNED }),
      when: all(
        livesAndMay(right, userId),
        // The entry is decided by what it was; nothing else is.
        ...(asked.includes(ASKED.entry_mode)
          ? [equals('entry_mode', expected.entry_mode), equals('password_hash', expected.password_hash)]
          : []),
        ...asked.map((attribute) => either(isMissing(attribute), isAtMost(attribute, times.receivedAt))),
        ...(playback === undefined ? [] : [playback.when]),
      ),
    },
    'ALL_NEW',
  )
}

/** What is left of a change beside requests that were received later. */
const stillAsked = (changed: RoomChange, item: Item, receivedAt: number): RoomChange => {
  const askedAt = (field: string) => AskedAt.parse(item[ASKED[field as keyof RoomChange]])
  const left = Object.entries(changed).filter(([field]) => askedAt(field) <= receivedAt)
  return Object.fromEntries(left)
}

/** The entry was changed by this very request: its answer was lost, and the SDK sent it again. */
const isOwn = (
  item: Item,
  { media: _media, is_listed: _listed, ...changed }: RoomChange,
  receivedAt: number,
): boolean =>
  item[ASKED.entry_mode] === receivedAt && Object.entries(changed).every(([field, value]) => item[field] === value)

/**
 * The most attempts: the first one, one more for each kind of settings that somebody asked for later, and one more for a
 * later command.
 */
const TRIES = new Set(Object.values(ASKED)).size + 2

/**
 * Changes settings if the caller still may, but for those that were asked for later. The entry is changed while `expected`
 * still holds. A change of media pauses at `start` (seconds) in the same write. Answers with the room and with what was
 * changed; undefined when the caller may not, or the entry that is to be changed was changed meanwhile.
 */
export const changeRoom = async (
  code: string,
  changer: Changer,
  asked: RoomChange,
  expected: Pick<Room, 'entry_mode' | 'password_hash'>,
  times: Times,
): Promise<{ room: Room; saved: RoomChange } | undefined> => {
  let changed = asked
  let says: Says = 'both'
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const { done, item } = await changeOnce(code, changer, changed, expected, times, says)
    const room = parseRoom(item)
    if (room === undefined || item === undefined) return undefined
    if (done || isOwn(item, changed, times.receivedAt)) return { room, saved: changed }
    if (room.deleted_at !== null || !may(changer.right, room, changer.userId)) return undefined
    const left = stillAsked(changed, item, times.receivedAt)
    if (Object.keys(left).length === 0) return { room, saved: {} }
    const latest = saysOf(item, times.receivedAt)
    const isSame = Object.keys(left).length === Object.keys(changed).length && latest === says
    if (isSame) return undefined
    changed = left
    says = latest
  }
  return undefined
}
