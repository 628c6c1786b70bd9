import { serve } from '../../middleware/route.ts'
import { unbanNetwork as forget } from '../../table/service.ts'

export const unbanNetwork = serve('admin/unban-network', {
  act: async ({ input, audited }) => {
    await audited({ what: 'unban_network' }, () => forget(input.network_id))
    return { ok: true as const }
  },
})
