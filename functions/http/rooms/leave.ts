import { Refusal } from '../../../protocol/refusals.ts'
import { hasEndedAs } from '../../domain/membership.ts'
import { livingRoom } from '../../domain/room.ts'
import { serve } from '../../middleware/route.ts'
import { assertPace } from '../../room/assert-pace.ts'
import { removeMember } from '../../room/remove-member.ts'
import { loadOwn } from '../permitted.ts'

export const leave = serve('rooms/leave', {
  load: loadOwn,
  act: async ({ now }, loaded, services) => {
    const room = livingRoom(loaded.room, now)
    const { member } = loaded
    const isIn = member?.status === 'APPROVED' || member?.status === 'PENDING'
    if (member === undefined || !(isIn || hasEndedAs(member, 'LEFT', now))) throw new Refusal('not_a_member')
    if (!isIn) await assertPace(room.code, member.user_id, services)
    await removeMember(room, member, 'LEFT', services)
    return { left: true as const }
  },
})
