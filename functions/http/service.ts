import { SERVICE_SECONDS } from '../../protocol/limits.ts'
import { serve } from '../middleware/route.ts'
import { serviceState } from '../table/service.ts'

export const service = serve('service', {
  publicForSeconds: SERVICE_SECONDS,
  load: serviceState,
  act: (_call, state, { settings }) => ({ ...state, help_contact: settings.HELP_CONTACT }),
})
