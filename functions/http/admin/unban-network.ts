import { networkDetail } from '../../domain/audit.ts'
import { serve } from '../../middleware/route.ts'
import { unbanNetwork as forget, networkBan } from '../../table/service.ts'

export const unbanNetwork = serve('admin/unban-network', {
  load: ({ input, now }) => networkBan(input.network_id, now),
  act: async ({ input, audited }, ban) => {
    const detail = networkDetail(input.network_id, ban?.note)
    await audited({ what: 'unban_network', detail }, () => forget(input.network_id))
    return { ok: true as const }
  },
})
