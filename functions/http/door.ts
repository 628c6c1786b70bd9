import { networksOf } from '../auth/traces.ts'
import type { SettingsOf } from '../middleware/configuration.ts'
import { type ServiceState, serviceTo } from '../table/service.ts'

type Visit = { now: number; address: () => Promise<string> }

/** How the service is open to somebody who comes from here, and what is kept of their network. */
export type Door = ServiceState & { isRefused: boolean; network: string | null }

export const doorTo = async (
  { now, address }: Visit,
  settings: Pick<SettingsOf<'auth'>, 'SIGNING_SECRET_ARN'>,
): Promise<Door> => {
  const networks = await networksOf(await address(), now, settings)
  return { ...(await serviceTo(networks, now)), network: networks[0] ?? null }
}
