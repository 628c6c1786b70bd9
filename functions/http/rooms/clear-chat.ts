import { roomUpdated } from '../../domain/room.ts'
import { tellChange } from '../../fanout/tell-change.ts'
import { serve } from '../../middleware/route.ts'
import { clearChat as clear } from '../../table/clear-chat.ts'
import { presencesIn } from '../../table/presences.ts'
import { roomByCode } from '../../table/rooms.ts'
import { loadRoom, roomWhere } from '../permitted.ts'

/** Up to the message that the caller names, so that the same call again clears no more; never what is yet to be written. */
const boundOf = (named: string | undefined, latest: string): string =>
  named === undefined || named > latest ? latest : named

export const clearChat = serve('rooms/clear-chat', {
  load: loadRoom,
  act: async ({ input, user, now, receivedAt, audited }, loaded, services) => {
    const before = roomWhere('moderate', user.id, loaded, now)
    const { code } = before
    await audited({ room: before, what: 'clear_chat' }, async () => {
      const until = boundOf(input.until, services.ids.message(Math.max(now, receivedAt)))
      const cleared = await clear(code, user.id, until)
      // The room has ended, or the right is gone, since it was read.
      const room = cleared ?? roomWhere('moderate', user.id, { room: await roomByCode(code) }, now)
      await tellChange(room, [roomUpdated(room, now)], await presencesIn(code), services)
    })
    return { ok: true as const }
  },
})
