import { ADMIN_ROWS_PER_PAGE } from '../../../protocol/limits.ts'
import { serve } from '../../middleware/route.ts'
import { bannedNetworks } from '../../table/service.ts'
import { decodeCursor, encodeCursor } from '../rooms/cursor.ts'

const TRACE = /^[\w-]{1,64}$/

export const networks = serve('admin/networks', {
  load: ({ input, now }) => bannedNetworks(now, ADMIN_ROWS_PER_PAGE + 1, decodeCursor(input.cursor, TRACE)),
  act: (_call, found) => {
    const page = found.slice(0, ADMIN_ROWS_PER_PAGE)
    const last = page.at(-1)
    return { networks: page, next: last !== undefined && found.length > page.length ? encodeCursor(last.id) : null }
  },
})
