import type { Member } from '../domain/membership.ts'
import { formsOf } from '../domain/skeleton.ts'
import { allOf } from './all-of.ts'
import { checking, deleting, putting, updating } from './change.ts'
import { itemsBeginning, itemsTogether, writeTogether } from './client.ts'
import { all, either, equals, isMissing } from './conditions.ts'
import { memberKey, nameKey, userKey } from './keys.ts'

/** The forms of other people's names in the room that begin like one of this name's. */
export const namesLike = async (code: string, name: string, userId: string): Promise<Set<string>> => {
  const found = await allOf(formsOf(name).map((form) => itemsBeginning(nameKey(code, form))))
  const others = found.flat().filter((item) => item.user_id !== userId)
  return new Set(others.map((item) => String(item.sk).slice(nameKey(code, '').sk.length)))
}

/**
 * The forms of a member's name that the member holds. Of two look-alikes whom functions of 0.1.0 let in, each holds its
 * folded name alone.
 */
export const formsHeldBy = async (
  code: string,
  { user_id, name }: Pick<Member, 'name' | 'user_id'>,
): Promise<string[]> => {
  const forms = formsOf(name)
  const taken = await itemsTogether(forms.map((form) => nameKey(code, form)))
  return forms.filter((_, index) => taken[index]?.user_id === user_id)
}

const isFreeFor = (userId: string) => either(isMissing('pk'), equals('user_id', userId))

/** Takes every form of a name, as a part of a transaction. */
export const taking = (code: string, userId: string, name: string) =>
  formsOf(name).map((form) => putting(nameKey(code, form), { user_id: userId }, isFreeFor(userId)))

/** Gives forms back, as a part of a transaction. */
export const freeing = (code: string, userId: string, forms: readonly string[]) =>
  forms.map((form) => deleting(nameKey(code, form), isFreeFor(userId)))

/** The ids of others who hold a form of this name. */
export const holdersOfName = async (code: string, name: string, userId: string): Promise<string[]> => {
  const taken = await itemsTogether(formsOf(name).map((form) => nameKey(code, form)))
  const ids = taken.flatMap((item) => (item === undefined ? [] : [String(item.user_id)]))
  return [...new Set(ids)].filter((id) => id !== userId)
}

/**
 * Frees the name of a wish to enter that is over. The forms that are free by it: none where its person asked again
 * since it was read.
 */
export const freeNameOf = async (code: string, over: Member): Promise<string[]> => {
  const { user_id, status_at, asked_at } = over
  const isAsRead = all(
    equals('status', 'PENDING'),
    equals('status_at', status_at),
    asked_at === undefined ? isMissing('asked_at') : equals('asked_at', asked_at),
  )
  const held = await formsHeldBy(code, over)
  if (held.length === 0) return []
  const isFreed = await writeTogether([checking(memberKey(code, user_id), isAsRead), ...freeing(code, user_id, held)])
  return isFreed ? held : []
}

/**
 * Gives a member another name in the room. False: the member has changed since it was read, the name is taken, or the
 * user is not called `displayName` any more. The caller decides again.
 */
export const renameMember = async (code: string, seen: Member, name: string, displayName: string): Promise<boolean> => {
  const { user_id, status, status_at } = seen
  const forms = formsOf(name)
  const held = await formsHeldBy(code, seen)
  return writeTogether([
    updating(memberKey(code, user_id), {
      set: { name },
      when: all(equals('status', status), equals('status_at', status_at), equals('name', seen.name)),
    }),
    ...taking(code, user_id, name),
    ...freeing(
      code,
      user_id,
      held.filter((form) => !forms.includes(form)),
    ),
    checking(userKey(user_id), equals('display_name', displayName)),
  ])
}
