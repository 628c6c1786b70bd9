// Without schemas, so that a page can read it.
import type { RoomFacts } from './room.ts'

/** Every name of the schema and no other, or this does not compile. */
const named = {
  name: true,
  is_private: true,
  is_listed: true,
  entry_mode: true,
  password_at: true,
  is_chat_enabled: true,
  guests_allowed: true,
  is_locked: true,
  host: true,
  host_id: true,
  media: true,
  slow_mode_seconds: true,
  chat_since: true,
  cohosts: true,
  control: true,
  heirs: true,
  offered_to: true,
  stands_in_for: true,
} as const satisfies Record<keyof RoomFacts, true>

const names = Object.keys(named) as (keyof RoomFacts)[]

/**
 * The room's facts out of something that holds them among other things: a stored room, a detail, a ROOM_UPDATED.
 * @example pickFacts(room) // { name: 'Friday film', is_private: false, …, media: null }
 */
export const pickFacts = <S extends RoomFacts>(source: S): Pick<S, keyof RoomFacts> =>
  Object.fromEntries(names.map((name) => [name, source[name]])) as Pick<S, keyof RoomFacts>
