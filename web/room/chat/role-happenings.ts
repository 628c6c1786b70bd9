import { mayDo, type RoomState, roleOf } from '../../../client/index.ts'
import type { Happening, RoleHappening } from './happenings.ts'

const aboutRoles: Record<RoleHappening['kind'], true> = {
  appointed: true,
  dismissed: true,
  control: true,
  handedOver: true,
}

export const isAboutRoles = (what: Happening): what is RoleHappening => Object.hasOwn(aboutRoles, what.kind)

/**
 * Who has got a role or has none any more between two states of one room, and whether everybody may play now, as `me`
 * sees it. Whoever hosts from now on, or did until now, or has gone, is told of as that.
 */
export const rolesBetween = (before: RoomState, after: RoomState, me: string): readonly Happening[] => {
  if (before.room === null || after.room === null || before.room === after.room) return []
  const happened: Happening[] = []
  for (const { user_id: id, name } of after.people.list) {
    const [was, is] = [roleOf(before, id), roleOf(after, id)]
    if (was === is || is === 'host') continue
    const person = { id, name, isOwn: id === me }
    if (is !== 'participant') happened.push({ kind: 'appointed', role: is, ...person })
    else if (was !== 'host' && was !== 'participant') happened.push({ kind: 'dismissed', role: was, ...person })
  }
  const isForAll = after.room.control === 'EVERYONE'
  if (isForAll !== (before.room.control === 'EVERYONE'))
    happened.push({ kind: 'control', name: after.room.host, isForAll })
  return happened
}

/** Whether this person may do something else than before: such a change is told over the picture as well. */
export const isOwnChange = (before: RoomState, after: RoomState, me: string): boolean =>
  roleOf(before, me) !== roleOf(after, me) || mayDo(before, me, 'command') !== mayDo(after, me, 'command')
