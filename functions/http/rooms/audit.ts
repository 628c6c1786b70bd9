import { DECISIONS_PER_PAGE } from '../../../protocol/limits.ts'
import { shownInRoom } from '../../domain/audit.ts'
import { serve } from '../../middleware/route.ts'
import { allOf } from '../../table/all-of.ts'
import { decisionsIn } from '../../table/audit.ts'
import { roomByCode } from '../../table/rooms.ts'
import { DECISION_PLACE, decodeCursor, encodeCursor } from '../cursor.ts'
import { roomWhere } from '../permitted.ts'
import { codeOf } from '../room-id.ts'

export const audit = serve('rooms/audit', {
  load: async ({ input, now }, { settings }) => {
    const code = codeOf(input.room_id)
    // Before any read begins: a cursor that is none is refused.
    const before = decodeCursor(input.cursor, DECISION_PLACE)
    const kept = { now, days: settings.AUDIT_DAYS }
    const [room, page] = await allOf([roomByCode(code), decisionsIn(code, DECISIONS_PER_PAGE, kept, before)])
    return { room, page }
  },
  act: ({ user, now }, { room, page }) => {
    roomWhere('moderate', user.id, { room }, now)
    return { entries: page.decisions.flatMap(shownInRoom), next: page.last === null ? null : encodeCursor(page.last) }
  },
})
