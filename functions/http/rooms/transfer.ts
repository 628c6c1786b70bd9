import { Refusal } from '../../../protocol/refusals.ts'
import { assertMay, isHost } from '../../domain/rights.ts'
import { livingRoom, type Room, roomUpdated } from '../../domain/room.ts'
import { tellChange } from '../../fanout/tell-change.ts'
import { serve } from '../../middleware/route.ts'
import { allOf } from '../../table/all-of.ts'
import { markHosting, setHost, unmarkHosting } from '../../table/hosting.ts'
import { memberOf } from '../../table/members.ts'
import { presencesIn } from '../../table/presences.ts'
import { loadTarget } from './permitted.ts'
import { codeOf } from './room-id.ts'

/** The same person has handed the room to this very host: the call is asked again, and the rest of it done once more. */
const isHandedOver = (room: Room, from: string, to: string): boolean =>
  room.former_host_id === from && isHost(room, to) && !isHost(room, from)

/** Makes an approved member host. @throws Refusal member_not_found, not_host */
const handOver = async (code: string, from: string, to: string, now: number): Promise<Room> => {
  const successor = await markHosting(code, to, now)
  if (successor === undefined) throw new Refusal('member_not_found')
  const room = await setHost(code, from, successor)
  if (room !== undefined) return room
  await unmarkHosting(code, to, now)
  throw new Refusal('not_host')
}

/**
 * Three writes, because the room's row stands in no transaction (decision 0003). First mark the new host, so that nobody
 * removes them. Then change the host, if the caller still hosts. Then remove the former host's mark.
 */
export const transfer = serve('rooms/transfer', {
  load: async (call) => {
    const [target, host] = await allOf([loadTarget(call), memberOf(codeOf(call.input.room_id), call.caller.user_id)])
    return { ...target, host }
  },
  act: async ({ input, user, now, audited }, loaded, services) => {
    const found = livingRoom(loaded.room, now)
    const isAskedAgain = isHandedOver(found, user.id, input.user_id)
    if (!isAskedAgain) assertMay('own', found, user.id)
    if (input.user_id === user.id) return { ok: true as const }
    const { member, host } = loaded
    if (member === undefined) throw new Refusal('member_not_found')
    await audited({ room: found, what: 'transfer', whom: member }, async () => {
      const room = isAskedAgain ? found : await handOver(found.code, user.id, member.user_id, now)
      const mark = host?.hosting_since
      if (mark != null) await unmarkHosting(room.code, user.id, mark)
      await tellChange(room, [roomUpdated(room, now)], await presencesIn(room.code), services)
    })
    return { ok: true as const }
  },
})
