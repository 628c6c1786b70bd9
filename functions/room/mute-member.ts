import { Refusal } from '../../protocol/refusals.ts'
import { mutedEvent, mutedUntil } from '../domain/chat.ts'
import type { Member } from '../domain/membership.ts'
import type { Room } from '../domain/room.ts'
import type { Runtime } from '../fanout/runtime.ts'
import { tellRoom } from '../fanout/tell-room.ts'
import { muteUntil } from '../table/members.ts'

const tellMuted = (code: string, userId: string, until: number | null, runtime: Runtime): Promise<void> =>
  tellRoom(code, { events: [mutedEvent(until, runtime.clock())], to: { only: [userId] } }, runtime)

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
  await tellMuted(code, user_id, until, runtime)
}

/** Another function's clock may be behind ours, and refuse a message for a mute that has ended. */
const CLOCKS_DIFFER_BY_MS = 1_000
/** A mute that ended this lately may have been ended by a call that is asked again now. */
const LATELY_MS = 60_000

/**
 * Ends a mute, and tells the member. The row keeps when it ended: a call that was cut short and is asked again tells it
 * once more.
 */
export const endMute = async (
  { code }: Pick<Room, 'code'>,
  member: Pick<Member, 'muted_until' | 'user_id'>,
  runtime: Runtime,
): Promise<void> => {
  const { user_id, muted_until } = member
  const now = runtime.clock()
  if (muted_until === null || now - muted_until >= LATELY_MS) return
  // Where they are no member any more, nobody is left to be told.
  if (mutedUntil(member, now) !== null && !(await muteUntil(code, user_id, now - CLOCKS_DIFFER_BY_MS))) return
  await tellMuted(code, user_id, null, runtime)
}
