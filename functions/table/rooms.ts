import * as z from 'zod'
import { Control, EntryMode, Heirs } from '../../protocol/room.ts'
import { foldName } from '../../protocol/text.ts'
import { activityBucket, idleUntil, type Room } from '../domain/room.ts'
import { put } from './change.ts'
import { type Item, itemAt, itemsTogether } from './client.ts'
import { isMissing } from './conditions.ts'
import { activeOf, agePlace, createdKey, isListing, listingOf, namePlace, roomKey } from './keys.ts'

// Media was checked when it was set. A rule that became stricter since must not make a stored room unreadable.
const StoredMedia = z.object({
  url: z.string(),
  title: z.string().nullable(),
  duration: z.number().nullable(),
  live_origin: z.number().optional(),
})

/** A set of ids, in one order whatever DynamoDB's is. It has no empty sets: one without values is missing. */
const IdSet = z
  .set(z.string())
  .default(new Set())
  .transform((ids) => [...ids].sort())

/** A room's item. Every attribute that was added after 0.1.0 has a default, because older items lack it. */
export const RoomItem = z.object({
  code: z.string(),
  name: z.string().nullable(),
  is_private: z.boolean(),
  entry_mode: EntryMode.nullable(),
  password_hash: z.string().nullable(),
  chosen_hash: z.string().nullable().default(null),
  password_at: z.number().nullable().default(null),
  guests_allowed: z.boolean(),
  is_locked: z.boolean().default(false),
  is_chat_enabled: z.boolean(),
  media: StoredMedia.nullable(),
  host_id: z.string(),
  host: z.string(),
  created_at: z.number(),
  idle_until: z.number(),
  active_at: z.number(),
  deleted_at: z.number().nullable(),
  former_host_id: z.string().optional(),
  declined_by: z.string().optional(),
  is_playing: z.boolean(),
  time: z.number(),
  at: z.number(),
  rate: z.number(),
  version: z.number(),
  sent_at: z.number(),
  facts_revision: z.number().default(0),
  empty_since: z.number().nullable().default(null),
  cohosts: IdSet,
  barred: IdSet,
  barred_at: z.number().default(0),
  control: Control.catch('HOSTS'),
  heirs: Heirs.catch('COHOSTS'),
  offered_to: z.string().nullable().default(null),
  stands_in_for: z.string().nullable().default(null),
  chat_since: z.string().nullable().default(null),
  slow_mode_seconds: z.number().default(0),
  /** Missing once an ended room is cleaned up. */
  listing: z.string().optional(),
})

export const parseRoom = (item: Item | undefined): Room | undefined =>
  item === undefined ? undefined : roomOf(RoomItem.parse(item))

// Only `listing` says whether a room is listed. Functions of 0.1.0 write it too, so nothing can disagree with it.
const roomOf = ({ listing, ...room }: z.infer<typeof RoomItem>): Room => ({ ...room, is_listed: isListing(listing) })

/** The attributes that say when something last happened in the room. */
export const activityOf = (code: string, now: number, idleDays: number) => ({
  active_at: activityBucket(now),
  active: activeOf(activityBucket(now), code),
  idle_until: idleUntil(now, idleDays),
})

/** A room's place in the directory by its name. */
export const nameInDirectory = ({ code, name }: Pick<Room, 'code' | 'name'>) => namePlace(code, foldName(name ?? ''))

/** Notes that a room was made, so that the directory has it by its age; false where that is noted already. */
export const noteCreated = async ({ code, created_at }: Pick<Room, 'code' | 'created_at'>): Promise<boolean> =>
  (await put(createdKey(code), agePlace(code, created_at), isMissing('pk'))).done

/** Takes the code for this room; false when it was ever taken. */
export const putRoom = async ({ is_listed, cohosts: _none, barred: _nobody, ...room }: Room): Promise<boolean> => {
  const listing = listingOf(room.code, is_listed)
  const active = activeOf(room.active_at, room.code)
  const item = { ...room, listing, active, ...nameInDirectory(room) }
  const result = await put(roomKey(room.code), item, isMissing('pk'))
  if (result.done) return true
  // The room is ours if the answer to the first request was lost and the SDK repeated it.
  const there = parseRoom(result.item)
  return there?.host_id === room.host_id && there.created_at === room.created_at && there.deleted_at === null
}

export const roomByCode = async (code: string): Promise<Room | undefined> => parseRoom(await itemAt(roomKey(code)))

/** Rooms in the order of the codes; at most 100. */
export const roomsByCodes = async (codes: readonly string[]): Promise<(Room | undefined)[]> =>
  codes.length === 0 ? [] : (await itemsTogether(codes.map(roomKey))).map(parseRoom)
