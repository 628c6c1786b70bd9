import manifest from '../../package.json' with { type: 'json' }
import { serve } from '../middleware/route.ts'

export const health = serve('health', { act: () => ({ status: 'ok' as const, version: manifest.version }) })
