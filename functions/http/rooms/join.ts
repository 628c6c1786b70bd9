import { Refusal } from '../../../protocol/refusals.ts'
import type { RequestOf } from '../../../protocol/routes.ts'
import { roomPasswordMatches } from '../../auth/room-passwords.ts'
import { networksOf, tracesOf } from '../../auth/traces.ts'
import { freeName, isFree, NAME_TRIES } from '../../domain/free-name.ts'
import {
  afterBan,
  asksForPassword,
  bringsNewTrace,
  type Caller,
  decideJoin,
  holdsName,
  isWaiting,
  type Joining,
  type Member,
  mustNoteAsking,
  settledAs,
  statusOf,
  waitsAfterBan,
} from '../../domain/membership.ts'
import { isHost } from '../../domain/rights.ts'
import { livingRoom, type Room } from '../../domain/room.ts'
import { assertNotServiceBanned, type Claims } from '../../domain/session.ts'
import type { SettingsOf } from '../../middleware/configuration.ts'
import { serve } from '../../middleware/route.ts'
import type { TellingServices } from '../../middleware/services.ts'
import { endStaleBarOf, finishRemoval } from '../../presence/lose-role.ts'
import { assertPace } from '../../room/assert-pace.ts'
import { endBar } from '../../room/end-bar.ts'
import { namesTaken } from '../../room/names-taken.ts'
import { settleWaiting } from '../../room/settle-waiting.ts'
import { tellWaiting, tellWaitingAgain } from '../../room/tell-waiting.ts'
import { roomAndMember } from '../../table/access.ts'
import { allOf } from '../../table/all-of.ts'
import { admit, noteAccount, noteAsked, noteTraces } from '../../table/members.ts'
import { namesLike } from '../../table/names.ts'
import { knownBy } from '../../table/traces.ts'
import { userById } from '../../table/users.ts'
import { codeOf } from '../room-id.ts'

type Asking = {
  input: RequestOf<'rooms/join'>
  caller: Claims
  /** Under which they come in. */
  name: string
  now: number
  address: () => Promise<string>
}

const load = async ({ input, caller, name, now, address }: Asking, settings: SettingsOf<'api'>) => {
  const code = codeOf(input.code)
  const coming = { address: await address(), browser: input.browser }
  const { left, known } = await tracesOf(code, coming, now, settings)
  const networks = await networksOf(coming.address, now, settings)
  const [{ room, member }, taken, { isTraced, isRefused }] = await allOf([
    roomAndMember(code, caller.user_id),
    namesLike(code, name, caller.user_id),
    knownBy(code, { traces: caller.is_guest ? known : [], networks }, now),
  ])
  return { room, member, taken, traces: left, isKnown: isTraced, isRefused }
}

const answer = (room: Room, joining: Joining, userId: string) => ({
  room_id: room.code,
  code: room.code,
  ...joining,
  is_host: isHost(room, userId),
})

/**
 * Somebody who waits keeps the name under which the host knows them, unless their wish was over and the name is
 * another's.
 */
const nameFor = (member: Member | undefined, wanted: string, taken: ReadonlySet<string>, attempt: number): string => {
  const isKept = member !== undefined && holdsName(member) && isFree(member.name, taken)
  return isKept ? member.name : freeName(wanted, taken, attempt, Math.random)
}

/**
 * Asked again: the wish lasts on, and the host's pages may not have heard of it. Those that did know the person
 * already. False where the wish was answered meanwhile.
 */
const askAgain = async (
  room: Room,
  member: Member,
  asking: { now: number; is_traced: boolean },
  services: TellingServices<'api'>,
): Promise<boolean> => {
  await assertPace(room.code, member.user_id, services)
  // Somebody may have been banned, or let off, since they asked first.
  const isNews = mustNoteAsking(member, asking.now) || (member.is_traced === true) !== asking.is_traced
  if (isNews && !(await noteAsked(room.code, member, asking))) return false
  await tellWaitingAgain(room, member, services)
  return true
}

/**
 * What asking leads to. A wish that the room's entry ends, and that whoever changed the entry did not meet, ends here:
 * it came at the same moment, or their function ended before.
 */
const decide = async (
  room: Room,
  member: Member | undefined,
  { person, isRight, now }: { person: Caller; isRight: boolean; now: number },
  services: TellingServices<'api'>,
): Promise<Joining['status']> => {
  try {
    return decideJoin(room, member, person, isRight, now)
  } catch (error) {
    if (isWaiting(member, now) && settledAs(room, member) === 'LEFT') await settleWaiting(room, services)
    throw error
  }
}

export const join = serve('rooms/join', {
  load: (call, { settings }) => load({ ...call, name: call.caller.display_name }, settings),
  act: async (call, first, services) => {
    const { input, caller, now } = call
    let { user } = call
    const loadFor = (name: string) => load({ ...call, name }, services.settings)
    // A token of before a change of the name says the old one.
    let loaded = user.display_name === caller.display_name ? first : await loadFor(user.display_name)
    for (let attempt = 0; attempt < NAME_TRIES; attempt += 1) {
      if (attempt > 0) {
        // They may have another name by now, and a guest an account.
        user = (await userById(user.id, now)) ?? user
        loaded = await loadFor(user.display_name)
      }
      const name = user.display_name
      const { member, taken, traces, isKnown, isRefused } = loaded
      assertNotServiceBanned({ isRefused }, user)
      const room = livingRoom(loaded.room, now)
      const person = { user_id: user.id, display_name: name, is_guest: user.is_guest }
      const isRight = asksForPassword(room, member, user.id, now) && (await roomPasswordMatches(room, input.password))
      const wish = await decide(room, member, { person, isRight, now }, services)
      const is_traced = isKnown && !isHost(room, user.id) && waitsAfterBan(member, user.is_guest)
      const joining = afterBan(wish, is_traced, member, now)
      const { status } = joining
      if (statusOf(member, now) === status) {
        if (
          status === 'PENDING' &&
          member !== undefined &&
          !(await askAgain(room, member, { now, is_traced }, services))
        )
          continue
        if (member !== undefined && bringsNewTrace(member, traces)) await noteTraces(room.code, user.id, traces)
        // Registering was cut short before it came to this room.
        if (member?.is_guest === true && !user.is_guest) await noteAccount(room.code, user.id)
        await endStaleBarOf(room, user.id, services)
        return answer(room, joining, user.id)
      }
      const wanting = { code: room.code, userId: user.id, wanted: name, now }
      const entering = {
        user_id: user.id,
        name: nameFor(member, name, await namesTaken(wanting, taken), attempt),
        display_name: name,
        is_guest: user.is_guest,
        hosting_since: isHost(room, user.id) ? now : null,
        status,
        ...{ traces, is_traced },
      }
      await finishRemoval(room, user.id, services)
      if (!(await admit(room.code, member, entering, now))) continue
      if (room.barred.includes(user.id)) await endBar(room.code, user.id, now)
      // Somebody who waited is let in where the entry of the room changed meanwhile: the waiting list gets shorter.
      if (status === 'PENDING' || member?.status === 'PENDING') await tellWaiting(room, entering, status, services)
      return answer(room, joining, user.id)
    }
    throw new Refusal('conflict')
  },
})
