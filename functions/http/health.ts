import manifest from '../../package.json' with { type: 'json' }
import { PROTOCOL_VERSION } from '../../protocol/version.ts'
import { serve } from '../middleware/route.ts'

export const health = serve('health', {
  act: () => ({ status: 'ok' as const, version: manifest.version, protocol: PROTOCOL_VERSION }),
})
