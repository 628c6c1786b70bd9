import { Refusal } from '../../../protocol/refusals.ts'
import { tracesOf } from '../../auth/traces.ts'
import { HOUR_MS } from '../../domain/durations.ts'
import { type Member, tracesIn } from '../../domain/membership.ts'
import type { Room } from '../../domain/room.ts'
import type { SettingsOf } from '../../middleware/configuration.ts'
import { serve } from '../../middleware/route.ts'
import { removeMember } from '../../room/remove-member.ts'
import { allOf } from '../../table/all-of.ts'
import { memberOf } from '../../table/members.ts'
import type { Noted } from '../../table/traces.ts'
import { loadTarget, roomToModerate } from '../permitted.ts'

type Banning = { now: number; address: () => Promise<string> }

/** What is noted of somebody who is banned. The host's own network, and that of who bans, are nobody's to wait in. */
const tracesToNote = async (
  room: Room,
  member: Member,
  { now, address }: Banning,
  settings: SettingsOf<'api'>,
): Promise<Noted> => {
  const [host, banning] = await allOf([
    memberOf(room.code, room.host_id),
    tracesOf(room.code, { address: await address() }, now, settings),
  ])
  const spared = [...banning.known, ...tracesIn(host ?? {})]
  return {
    traces: tracesIn(member).filter((trace) => !spared.includes(trace)),
    until: now + settings.BAN_SHADOW_HOURS * HOUR_MS,
  }
}

export const ban = serve('rooms/ban', {
  load: loadTarget,
  act: async (call, loaded, services) => {
    const { input, user, now, audited } = call
    const room = roomToModerate(user.id, input.user_id, loaded, now)
    const { member } = loaded
    // Also somebody who has left, or waits: they are to stay out.
    if (member === undefined) throw new Refusal('member_not_found')
    const noted = await tracesToNote(room, member, call, services.settings)
    await audited({ room, what: 'ban', whom: member }, () =>
      removeMember(room, member, 'BANNED', services, { by: user.id, noted }),
    )
    return { ok: true as const }
  },
})
