import type { ServerEventOf } from '../../protocol/server-events.ts'
import type { Member } from './membership.ts'

export const joinRequested = ({ name, user_id }: Pick<Member, 'name' | 'user_id'>, revision?: number) => ({
  type: 'JOIN_REQUESTED' as const,
  user: name,
  user_id,
  revision,
})

/** How a wish to enter ended. */
export type Resolution = ServerEventOf<'JOIN_RESOLVED'>['status']

export const joinResolved = (
  { name, user_id }: Pick<Member, 'name' | 'user_id'>,
  status: Resolution,
  revision: number,
) => ({ type: 'JOIN_RESOLVED' as const, user: name, user_id, status, revision })
