import type { LearnedMedia } from '../../../protocol/media.ts'
import { Refusal } from '../../../protocol/refusals.ts'
import type { RequestOf } from '../../../protocol/routes.ts'
import { commandFrame } from '../../domain/playback.ts'
import {
  hashRoomPassword,
  mediaLearned,
  type Room,
  type RoomChange,
  roomDetail,
  roomUpdated,
  startOf,
} from '../../domain/room.ts'
import { tellPlayback } from '../../fanout/tell-playback.ts'
import { tellRoom } from '../../fanout/tell-room.ts'
import { serve } from '../../middleware/route.ts'
import { connectionsIn, countViewers } from '../../table/connections.ts'
import { changeRoom, learnMedia, roomByCode } from '../../table/rooms.ts'
import { roomWhere } from './permitted.ts'
import { codeOf } from './room-id.ts'

type Wish = RequestOf<'rooms/settings'>

/** What entry the room has after the change, and whether that makes a new password. @throws Refusal invalid_field */
const decideEntry = (room: Room, wish: Wish) => {
  const entryMode = wish.is_private === undefined ? room.entry_mode : (wish.entry_mode ?? null)
  if (wish.new_password === true && entryMode !== 'PASSWORD')
    throw new Refusal('invalid_field', {
      message: 'The field "new_password" is not valid: the room has no password. Set entry_mode to "PASSWORD" first.',
    })
  return {
    entryMode,
    renews: entryMode === 'PASSWORD' && (room.entry_mode !== 'PASSWORD' || wish.new_password === true),
  }
}

/**
 * Whether the room is listed from now on; undefined where that stays. A room that opens is listed unless the call says no:
 * so the given contract means `is_private: false`.
 * @throws Refusal invalid_field
 */
const decideListing = (room: Room, wish: Wish): boolean | undefined => {
  const isPrivate = wish.is_private ?? room.is_private
  if (isPrivate && wish.is_listed === true)
    throw new Refusal('invalid_field', {
      message: 'The field "is_listed" is not valid: only a public room can be listed. Set is_private to false first.',
    })
  if (isPrivate) return wish.is_private === undefined ? undefined : false
  return wish.is_listed ?? (room.is_private ? true : undefined)
}

const changeFrom = (
  room: Room,
  wish: Wish,
  { isListed, password }: { isListed: boolean | undefined; password: string | undefined },
): RoomChange => ({
  ...(wish.name !== undefined && { name: wish.name }),
  ...(wish.is_chat_enabled !== undefined && { is_chat_enabled: wish.is_chat_enabled }),
  ...(wish.guests_allowed !== undefined && { guests_allowed: wish.guests_allowed }),
  ...(wish.media !== undefined && { media: wish.media }),
  ...(wish.is_private !== undefined && { is_private: wish.is_private, entry_mode: wish.entry_mode ?? null }),
  ...(isListed !== undefined && { is_listed: isListed }),
  ...(password !== undefined && { password_hash: hashRoomPassword(room.code, password) }),
  ...(password === undefined &&
    wish.is_private !== undefined &&
    wish.entry_mode !== 'PASSWORD' && { password_hash: null }),
})

/** The room with what its host's player has found out, told to everybody; the room as it was where that is no news. */
const learn = async (room: Room, hostId: string, learned: LearnedMedia, clock: () => number): Promise<Room> => {
  if (learned.duration === undefined && learned.live_origin === undefined) return room
  const wiser = await learnMedia(room.code, hostId, learned)
  if (wiser?.media == null) return room
  await tellRoom(wiser.code, { event: mediaLearned(wiser.media), to: 'everyone' }, clock)
  return wiser
}

export const settings = serve('rooms/settings', {
  load: async ({ input }) => {
    const code = codeOf(input.room_id)
    return { room: await roomByCode(code) }
  },
  act: async ({ input, user, now, receivedAt }, loaded, { clock, ids }) => {
    const before = roomWhere('change', user.id, loaded, now)
    const password = decideEntry(before, input).renews ? ids.roomPassword() : undefined
    const change = changeFrom(before, input, { isListed: decideListing(before, input), password })
    if (Object.keys(change).length === 0) {
      const room = input.learned === undefined ? before : await learn(before, user.id, input.learned, clock)
      return roomDetail(room, user.id, await countViewers(room.code, now))
    }
    const start = startOf(change.media, input.start)
    const room = await changeRoom(before.code, user.id, change, before, { now, receivedAt, start })
    if (room === undefined) {
      roomWhere('change', user.id, { room: await roomByCode(before.code) }, now)
      throw new Refusal('conflict')
    }
    // The pause that a new video brings goes first: a client that knows only the given events has it from there.
    if (change.media !== undefined)
      await tellPlayback(room, commandFrame('PAUSE', room, user.id), await connectionsIn(room.code), clock)
    await tellRoom(room.code, { event: roomUpdated(room, now), to: 'everyone' }, clock)
    const viewers = await countViewers(room.code, now)
    return { ...roomDetail(room, user.id, viewers), ...(password !== undefined && { room_password: password }) }
  },
})
