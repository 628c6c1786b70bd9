import { ADMIN_ROWS_PER_PAGE } from '../../../protocol/limits.ts'
import { serve } from '../../middleware/route.ts'
import { bannedNetworks } from '../../table/service.ts'
import { decodeCursor, encodeCursor, ID_PLACE } from '../cursor.ts'

export const networks = serve('admin/networks', {
  load: ({ input, now }) => bannedNetworks(now, ADMIN_ROWS_PER_PAGE + 1, decodeCursor(input.cursor, ID_PLACE)),
  act: (_call, found) => {
    const page = found.slice(0, ADMIN_ROWS_PER_PAGE)
    const last = page.at(-1)
    return { networks: page, next: last !== undefined && found.length > page.length ? encodeCursor(last.id) : null }
  },
})
