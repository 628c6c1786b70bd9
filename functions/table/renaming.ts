import { isAnnounced, type Presence } from '../domain/presence.ts'
import { change } from './change.ts'
import { all, differs, either, equals, exists, isAbove, isBelow, isMissing, keptOrAs } from './conditions.ts'
import { parsePresence, presenceItemKey, type UserInRoom } from './presences.ts'

/**
 * Names a person who is there anew, and notes what the others call them, until they are told. Undefined where there is
 * nothing to tell: nobody is there, nobody has heard of them, or they were told of this name.
 */
export const namePresence = async (of: UserInRoom, name: string, now: number): Promise<Presence | undefined> => {
  const renamed = {
    set: { name, renamed_from: keptOrAs('renamed_from', 'name'), renamed_at: now },
    when: all(exists('pk'), differs('name', name)),
  }
  const result = await change(presenceItemKey(of), renamed, 'ALL_OLD')
  if (result.item === undefined) return undefined
  const presence = parsePresence(result.item)
  if (!result.done) return presence.renamed_from === undefined ? undefined : presence
  if (isAnnounced(presence)) return presence
  await noteNameTold(of, name)
  return undefined
}

/**
 * Claims telling this name with `at`, which whoever removes the person's last socket then sees: their leave is later. False
 * where nobody is there any more, the name is another, or a later `at` was claimed.
 * @param claimer a mark of this claim alone: by it, its own request is recognised when it is repeated
 */
export const claimNameTelling = async (
  of: UserInRoom,
  name: string,
  { at, claimer }: { at: number; claimer: string },
): Promise<boolean> => {
  const isLatest = either(isMissing('name_told_at'), isBelow('name_told_at', at))
  const when = all(equals('name', name), isAbove('open', 0), isLatest)
  const claim = { set: { name_told_at: at, name_claimed_by: claimer }, when }
  const { done, item } = await change(presenceItemKey(of), claim)
  return done || item?.name_claimed_by === claimer
}

/** Notes that the others know a person by this name. */
export const noteNameTold = async (of: UserInRoom, name: string): Promise<void> => {
  await change(presenceItemKey(of), { remove: ['renamed_from', 'renamed_at'], when: equals('name', name) })
}
