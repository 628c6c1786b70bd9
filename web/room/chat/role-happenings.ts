import { mayDo, type RoomState, roleOf } from '../../../client/index.ts'
import type { MemberRole } from '../../../protocol/roles.ts'
import type { Happening } from './happenings.ts'

const BECOMING = { cohost: 'appointed', participant: 'dismissed' } as const satisfies Record<MemberRole, unknown>

/**
 * Who has become a co-host or is none any more between two states of one room, and whether everybody may play now, as `me`
 * sees it. Whoever hosts from now on, or did until now, or has gone, is told of as that.
 */
export const rolesBetween = (before: RoomState, after: RoomState, me: string): readonly Happening[] => {
  if (before.room === null || after.room === null || before.room === after.room) return []
  const happened: Happening[] = []
  for (const { user_id: id, name } of after.people.list) {
    const [was, is] = [roleOf(before, id), roleOf(after, id)]
    if (was === is || is === 'host' || (was === 'host' && is === 'participant')) continue
    happened.push({ kind: BECOMING[is], id, name, isOwn: id === me })
  }
  const isForAll = after.room.control === 'EVERYONE'
  if (isForAll !== (before.room.control === 'EVERYONE'))
    happened.push({ kind: 'control', name: after.room.host, isForAll })
  return happened
}

/** Whether this person may do something else than before: such a change is told over the picture as well. */
export const isOwnChange = (before: RoomState, after: RoomState, me: string): boolean =>
  roleOf(before, me) !== roleOf(after, me) || mayDo(before, me, 'command') !== mayDo(after, me, 'command')
