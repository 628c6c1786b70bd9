import type { ServiceDecisionName } from '../../../protocol/decisions.ts'
import type { RequestOf } from '../../../protocol/routes.ts'
import { noticeDetail } from '../../domain/audit.ts'
import { serve } from '../../middleware/route.ts'
import { type ServiceState, changeService as save, serviceState } from '../../table/service.ts'

type Part = [what: ServiceDecisionName, changed: Partial<ServiceState>, detail?: string]

/** Each part of what was asked, as a decision of its own. */
const partsOf = ({ notice, is_registration_open, are_guests_admitted }: RequestOf<'admin/change-service'>): Part[] => [
  ...(notice === null ? [['take_down_notice', { notice }] satisfies Part] : []),
  ...(notice == null ? [] : [['notice', { notice }, noticeDetail(notice)] satisfies Part]),
  ...(is_registration_open === undefined
    ? []
    : [[is_registration_open ? 'open_registration' : 'close_registration', { is_registration_open }] satisfies Part]),
  ...(are_guests_admitted === undefined
    ? []
    : [[are_guests_admitted ? 'admit_guests' : 'refuse_guests', { are_guests_admitted }] satisfies Part]),
]

export const changeService = serve('admin/change-service', {
  act: async ({ input, audited }, _loaded, { settings }) => {
    for (const [what, changed, detail] of partsOf(input))
      await audited({ what, ...(detail !== undefined && { detail }) }, () => save(changed))
    return { ...(await serviceState()), help_contact: settings.HELP_CONTACT }
  },
})
