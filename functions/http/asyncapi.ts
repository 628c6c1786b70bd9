import { DOCUMENTS_SECONDS } from '../../protocol/limits.ts'
import { serve } from '../middleware/route.ts'

export const asyncapi = serve('asyncapi', {
  publicForSeconds: DOCUMENTS_SECONDS,
  // Evaluated when somebody asks for it: no start of the function waits for that.
  act: async () => (await import('../../docs/asyncapi.json', { with: { type: 'json' } })).default,
})
