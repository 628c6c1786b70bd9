import * as z from 'zod'
import { foldName } from '../../protocol/text.ts'
import { change } from './change.ts'
import type { Item } from './client.ts'
import { all, equals, exists } from './conditions.ts'
import { codeOfRoomKey, decisionKey, decisionShelf, personPlace, roomKey, userKey } from './keys.ts'
import { noteAdmin } from './people.ts'
import { nameInDirectory, noteCreated } from './rooms.ts'

// Gives items of the versions before the directory their place in it. Old functions may run beside: each write holds only
// where what it was reckoned from is still so.

const Keys = z.object({ pk: z.string(), sk: z.string(), shelf: z.string().optional(), place: z.string().optional() })
const Named = z.object({ id: z.string(), display_name: z.string(), is_admin: z.boolean().default(false) })
const Made = z.object({ name: z.string().nullable(), created_at: z.number() })
const Decided = z.object({ id: z.string(), at: z.number() })

type Place = { shelf: string; place: string }

const setPlace = async (item: Item, wanted: Place, reckonedFrom: Record<string, unknown>): Promise<boolean> => {
  const { pk, sk, ...there } = Keys.parse(item)
  if (there.shelf === wanted.shelf && there.place === wanted.place) return false
  const same = Object.entries(reckonedFrom).map(([name, value]) => equals(name, value))
  return (await change({ pk, sk }, { set: wanted, when: all(exists('pk'), ...same) })).done
}

const placeUser = async (item: Item): Promise<boolean> => {
  const { id, display_name, is_admin } = Named.parse(item)
  if (is_admin) await noteAdmin(id)
  return setPlace(item, personPlace(id, foldName(display_name)), { display_name })
}

const placeRoom = async (item: Item): Promise<boolean> => {
  const { name, created_at } = Made.parse(item)
  const code = codeOfRoomKey(Keys.parse(item).pk)
  const isNoted = await noteCreated({ code, created_at })
  return (await setPlace(item, nameInDirectory({ code, name }), { name })) || isNoted
}

const placeDecision = (item: Item): Promise<boolean> => {
  const { id, at } = Decided.parse(item)
  return setPlace(item, { shelf: decisionShelf(at), place: id }, {})
}

const isLike = (item: Item, key: { pk: string; sk: string }, beginning: string): boolean =>
  String(item.pk).startsWith(beginning) && item.sk === key.sk

/** Gives one item its place in the directory, if it is one of those that have one. Whether anything was written. */
export const placeInDirectory = async (item: Item): Promise<boolean> => {
  if (isLike(item, userKey(''), userKey('').pk)) return placeUser(item)
  if (isLike(item, roomKey(''), roomKey('').pk)) return placeRoom(item)
  return String(item.pk).startsWith(decisionKey('', '').pk) ? placeDecision(item) : false
}
