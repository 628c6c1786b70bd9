import { isAnnounced, type Presence } from '../domain/presence.ts'
import { change } from './change.ts'
import { all, differs, equals, exists, keptOrAs } from './conditions.ts'
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

/** Notes that the others know a person by this name. `at`: what the event that told them says, where one did. */
export const noteNameTold = async (of: UserInRoom, name: string, at?: number): Promise<void> => {
  const told = at === undefined ? {} : { set: { name_told_at: at } }
  await change(presenceItemKey(of), { ...told, remove: ['renamed_from', 'renamed_at'], when: equals('name', name) })
}
