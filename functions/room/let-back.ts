import { freeName, NAME_TRIES } from '../domain/free-name.ts'
import type { Member } from '../domain/membership.ts'
import type { Room } from '../domain/room.ts'
import type { Runtime } from '../fanout/runtime.ts'
import { finishRemoval } from '../presence/lose-role.ts'
import { admit } from '../table/members.ts'
import { namesLike } from '../table/names.ts'
import { userById } from '../table/users.ts'
import { endBar } from './end-bar.ts'
import { namesTaken } from './names-taken.ts'

/**
 * Makes a removed person a member again, under a name that is free and whatever the room's entry is by now. Answers
 * false where their account is gone, or another call came first.
 */
export const letBack = async (room: Room, removed: Member, runtime: Runtime): Promise<boolean> => {
  const { code } = room
  const { user_id } = removed
  const now = runtime.clock()
  await finishRemoval(room, user_id, runtime)
  for (let attempt = 0; attempt < NAME_TRIES; attempt += 1) {
    const user = await userById(user_id, now)
    if (user === undefined) return false
    const { display_name, is_guest } = user
    const read = await namesLike(code, display_name, user_id)
    const taken = await namesTaken({ code, userId: user_id, wanted: display_name, now }, read)
    const name = freeName(display_name, taken, attempt, Math.random)
    const entering = { user_id, name, display_name, is_guest, hosting_since: null, status: 'APPROVED' as const }
    if (!(await admit(code, removed, entering, now))) continue
    // Only now: a newer ban may have come first.
    if (room.barred.includes(user_id)) await endBar(code, user_id, now)
    return true
  }
  return false
}
