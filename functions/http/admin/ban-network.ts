import { Refusal } from '../../../protocol/refusals.ts'
import type { RequestOf } from '../../../protocol/routes.ts'
import { networksOf } from '../../auth/traces.ts'
import { addressIn } from '../../domain/address.ts'
import { networkDetail } from '../../domain/audit.ts'
import { DAY_MS } from '../../domain/durations.ts'
import type { SettingsOf } from '../../middleware/configuration.ts'
import { serve } from '../../middleware/route.ts'
import { banNetwork as save } from '../../table/service.ts'
import { personAt, whomOf } from './person-at.ts'

/** The hash of the network, and whose it is where that is a person's. */
const networkOf = async (
  { address = '', user_id }: RequestOf<'admin/ban-network'>,
  now: number,
  settings: SettingsOf<'admin'>,
) => {
  if (user_id !== undefined) {
    const user = await personAt(user_id, now)
    if (user.network_trace === null) throw new Refusal('network_unknown')
    return { id: user.network_trace, whom: whomOf(user) }
  }
  const [id] = await networksOf(addressIn(address) ?? address, now, settings)
  if (id === undefined) throw new Error('The signing secret has no version.')
  return { id, whom: undefined }
}

export const banNetwork = serve('admin/ban-network', {
  act: async ({ input, user, now, audited }, _loaded, { settings }) => {
    const { id, whom } = await networkOf(input, now, settings)
    const note = input.note ?? whom?.name ?? ''
    const ban = { id, note, by: user.display_name, by_id: user.id, at: now, until: now + input.days * DAY_MS }
    await audited({ what: 'ban_network', whom, detail: networkDetail(id, note) }, () => save(ban))
    return ban
  },
})
