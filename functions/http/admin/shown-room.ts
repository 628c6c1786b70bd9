import type { AdminRoom, AdminRoomState } from '../../../protocol/http/admin/rooms.ts'
import { hasEnded, type Room } from '../../domain/room.ts'

/** What became of a room: somebody is there, nobody is, or it has ended. */
export const stateOf = (room: Room, viewers: number, now: number): AdminRoomState => {
  if (hasEnded(room, now)) return 'ended'
  return viewers > 0 ? 'live' : 'idle'
}

/** When it ended: it was deleted, or nobody came any more. */
export const endOf = (room: Room, now: number): number | null =>
  room.deleted_at ?? (hasEnded(room, now) ? room.idle_until : null)

/** A room as the lists of the administration show it. */
export const shownRoom = (room: Room, viewers: number, now: number): AdminRoom => ({
  code: room.code,
  name: room.name,
  host: room.host,
  host_id: room.host_id,
  state: stateOf(room, viewers, now),
  is_private: room.is_private,
  viewers: hasEnded(room, now) ? 0 : viewers,
  is_playing: room.is_playing,
  media: room.media,
  created_at: room.created_at,
  active_at: room.active_at,
  ended_at: endOf(room, now),
})
