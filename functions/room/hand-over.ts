import { Refusal } from '../../protocol/refusals.ts'
import { isHost } from '../domain/rights.ts'
import type { Room } from '../domain/room.ts'
import type { Runtime } from '../fanout/runtime.ts'
import { tellFacts } from '../fanout/tell-facts.ts'
import { allOf } from '../table/all-of.ts'
import { markHosting, nameHost, setHost, type Terms, unmarkHosting } from '../table/hosting.ts'
import { memberOf } from '../table/members.ts'
import { assertPace } from './assert-pace.ts'
import { endMute } from './mute-member.ts'

/** What follows once the room has its new host. It is done once more where the call is asked again. */
export const finishHandOver = async (room: Room, runtime: Runtime): Promise<void> => {
  const { code, host_id, former_host_id: former } = room
  const mark = former === undefined ? undefined : (await memberOf(code, former))?.hosting_since
  if (former !== undefined && mark != null && !isHost(room, former)) await unmarkHosting(code, former, mark)
  const host = await memberOf(code, host_id)
  // A successor who changes their name meanwhile is named here, unless that call found them hosting already.
  const isRenamed = host !== undefined && host.name !== room.host
  const named = isRenamed ? await nameHost(code, host_id, host.name) : undefined
  await allOf([
    tellFacts(named ?? room, runtime),
    // A mute of the new host ends with it: nobody but the host could lift it.
    host === undefined ? undefined : endMute(room, host, runtime),
  ])
}

/**
 * The same for a call that is asked again. It has its pace, because everybody hears of it each time.
 * @throws Refusal too_fast
 */
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
  await finishHandOver(changed, runtime)
}
