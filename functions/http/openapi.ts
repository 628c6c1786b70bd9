import { DOCUMENTS_SECONDS } from '../../protocol/limits.ts'
import { serve } from '../middleware/route.ts'

export const openapi = serve('openapi', {
  publicForSeconds: DOCUMENTS_SECONDS,
  // Evaluated when somebody asks for it: no start of the function waits for that.
  act: async () => (await import('../../docs/openapi.json', { with: { type: 'json' } })).default,
})
