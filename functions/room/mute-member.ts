import { Refusal } from '../../protocol/refusals.ts'
import { mutedEvent } from '../domain/chat.ts'
import type { Member } from '../domain/membership.ts'
import type { Room } from '../domain/room.ts'
import type { Runtime } from '../fanout/runtime.ts'
import { tellRoom } from '../fanout/tell-room.ts'
import { muteUntil } from '../table/members.ts'

/**
 * Refuses somebody's messages until `until` (epoch milliseconds), or lets them write again (null), and tells them.
 * @throws Refusal member_not_found where they are no member
 */
export const muteMember = async (
  { code }: Pick<Room, 'code'>,
  { user_id }: Pick<Member, 'user_id'>,
  until: number | null,
  runtime: Runtime,
): Promise<void> => {
  if (!(await muteUntil(code, user_id, until))) throw new Refusal('member_not_found')
  await tellRoom(code, { events: [mutedEvent(until, runtime.clock())], to: { only: [user_id] } }, runtime)
}
