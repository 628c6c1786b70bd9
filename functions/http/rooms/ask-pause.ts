import { PAUSE_ASKED_EVERY_SECONDS } from '../../../protocol/limits.ts'
import { Refusal } from '../../../protocol/refusals.ts'
import { whyMuted } from '../../domain/chat.ts'
import { isBarred, whoMay } from '../../domain/rights.ts'
import { tellRoom } from '../../fanout/tell-room.ts'
import { serve } from '../../middleware/route.ts'
import { claimQuestion } from '../../table/members.ts'
import { loadOwn, roomOfMember } from '../permitted.ts'

/** Tells those who command that a member would like a pause. Nothing is kept. */
export const askPause = serve('rooms/ask-pause', {
  load: loadOwn,
  act: async ({ user, now }, loaded, services) => {
    const room = roomOfMember(user.id, loaded, now)
    const { member } = loaded
    if (member === undefined || isBarred(room, user.id)) throw new Refusal('not_a_member')
    const muted = whyMuted(member, now)
    if (muted !== undefined) throw muted
    if (!(await claimQuestion(room.code, user.id, now)))
      throw new Refusal('too_fast', {
        message: 'You asked for a pause a moment ago. Wait a little.',
        retryAfter: PAUSE_ASKED_EVERY_SECONDS,
      })
    const event = { type: 'PAUSE_ASKED' as const, user: member.name, user_id: user.id, at: now }
    await tellRoom(room.code, { events: [event], to: { only: whoMay('command', room) } }, services)
    return { ok: true as const }
  },
})
