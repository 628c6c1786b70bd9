import { Refusal } from '../../protocol/refusals.ts'
import { NAME_TRIES, nextName } from '../domain/free-name.ts'
import { holdsName, type Member, statusOf } from '../domain/membership.ts'
import type { Room } from '../domain/room.ts'
import type { User } from '../domain/session.ts'
import type { Runtime } from '../fanout/runtime.ts'
import { tellFacts } from '../fanout/tell-facts.ts'
import { renamePresence } from '../presence/rename.ts'
import { roomAndMember } from '../table/access.ts'
import { allOf } from '../table/all-of.ts'
import { nameHost } from '../table/hosting.ts'
import { memberOf } from '../table/members.ts'
import { namesLike, renameMember } from '../table/names.ts'
import { userById } from '../table/users.ts'
import { assertPace } from './assert-pace.ts'
import { namesTaken } from './names-taken.ts'
import { tellWaiting, tellWaitingAgain } from './tell-waiting.ts'

/** The name may change again while it is spread. */
const ROUNDS = 3

/** Brings whatever repeats a member's name to the name that the member has by now, and tells the room. */
const spreadName = async (code: string, userId: string, runtime: Runtime): Promise<void> => {
  let spread: string | undefined
  for (let round = 0; round < ROUNDS; round += 1) {
    const member = await memberOf(code, userId)
    if (member === undefined || member.name === spread) return
    const room = await nameHost(code, userId, member.name)
    // Both at once: a connection that hangs delays nobody else's next frame.
    await allOf([
      room === undefined ? undefined : tellFacts(room, runtime),
      renamePresence(code, userId, member.name, runtime),
    ])
    spread = member.name
  }
}

const tellName = async (room: Room, member: Member, isNews: boolean, runtime: Runtime): Promise<void> => {
  if (!isNews) await assertPace(room.code, member.user_id, runtime)
  if (member.status === 'APPROVED') return spreadName(room.code, member.user_id, runtime)
  // A wish to enter that is over is nobody's news.
  if (statusOf(member, runtime.clock()) !== 'PENDING') return
  if (isNews) await tellWaiting(room, member, 'PENDING', runtime)
  else await tellWaitingAgain(room, member, runtime)
}

/**
 * Gives a user who is in a room, or waits, the name that they have now, with a number where the name is taken. Where
 * they have it in the room already, the rest is done: the function that saved it may have been cut short.
 * @throws Refusal conflict, too_fast
 */
export const renameIn = async (code: string, user: User, runtime: Runtime): Promise<void> => {
  const wanted = user.display_name
  for (let attempt = 0; attempt < NAME_TRIES; attempt += 1) {
    const [{ room, member }, read] = await allOf([roomAndMember(code, user.id), namesLike(code, wanted, user.id)])
    if (room === undefined || room.deleted_at !== null || member === undefined || !holdsName(member)) return
    const wanting = { code, userId: user.id, wanted, now: runtime.clock() }
    const taken = await namesTaken(wanting, read)
    const name = nextName(member, wanted, taken, attempt, Math.random)
    const isNews = name !== member.name
    if (!isNews || (await renameMember(code, member, name, wanted)))
      return tellName(room, { ...member, name }, isNews, runtime)
    // The user has another name by now, and that change goes through the rooms itself.
    if ((await userById(user.id, runtime.clock()))?.display_name !== wanted) return
  }
  throw new Refusal('conflict')
}
