import { Refusal } from '../../protocol/refusals.ts'
import { mutedUntil } from '../domain/chat.ts'
import { isHost } from '../domain/rights.ts'
import { type Room, roomUpdated } from '../domain/room.ts'
import type { Runtime } from '../fanout/runtime.ts'
import { tellChange } from '../fanout/tell-change.ts'
import { markHosting, nameHost, setHost, type Terms, unmarkHosting } from '../table/hosting.ts'
import { memberOf } from '../table/members.ts'
import { presencesIn } from '../table/presences.ts'
import { assertPace } from './assert-pace.ts'
import { muteMember } from './mute-member.ts'

/** Tells everybody that the room has changed. */
export const tellFacts = async (room: Room, runtime: Runtime): Promise<void> =>
  tellChange(room, [roomUpdated(room, runtime.clock())], await presencesIn(room.code), runtime)

/** What follows once the room has its new host. Done once more where the call is asked again. */
const finishHandOver = async (room: Room, runtime: Runtime): Promise<void> => {
  const former = room.former_host_id
  const mark = former === undefined ? undefined : (await memberOf(room.code, former))?.hosting_since
  if (former !== undefined && mark != null && !isHost(room, former)) await unmarkHosting(room.code, former, mark)
  await tellFacts(room, runtime)
}

/** The same for somebody who asks again: each time everybody hears of it. @throws Refusal too_fast */
export const repeatHandOver = async (room: Room, userId: string, runtime: Runtime): Promise<void> => {
  await assertPace(room.code, userId, runtime)
  await finishHandOver(room, runtime)
}

/**
 * Three writes, because the room's row stands in no transaction (decision 0003). First mark the new host, so that nobody
 * removes them. Then change the host, if the terms hold. Then remove the former host's mark.
 * @throws Refusal not_a_member, conflict
 */
export const handOver = async (room: Room, to: string, terms: Terms, runtime: Runtime): Promise<void> => {
  const now = runtime.clock()
  const successor = await markHosting(room.code, to, now)
  if (successor === undefined) throw new Refusal('not_a_member')
  const changed = await setHost(room.code, terms, successor)
  if (changed === undefined) {
    await unmarkHosting(room.code, to, now)
    throw new Refusal('conflict')
  }
  // Who changes their name meanwhile finds either that they host, or is named here.
  const name = (await memberOf(room.code, to))?.name ?? successor.name
  const named = name === successor.name ? changed : await nameHost(room.code, to, name)
  // Nobody else could end a mute of whoever hosts.
  if (mutedUntil(successor, now) !== null) await muteMember(room, successor, null, runtime)
  await finishHandOver(named ?? changed, runtime)
}
