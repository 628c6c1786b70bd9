import { Refusal } from '../../protocol/refusals.ts'
import { mutedEvent, mutedUntil } from '../domain/chat.ts'
import type { Member } from '../domain/membership.ts'
import { isHost } from '../domain/rights.ts'
import type { Room } from '../domain/room.ts'
import type { Runtime } from '../fanout/runtime.ts'
import { tellRoom } from '../fanout/tell-room.ts'
import { muteUntil } from '../table/members.ts'
import { roomByCode } from '../table/rooms.ts'

const tellMuted = (code: string, userId: string, until: number | null, runtime: Runtime): Promise<void> =>
  tellRoom(code, { events: [mutedEvent(until, runtime.clock())], to: { only: [userId] } }, runtime)

/** Who is muted until when (epoch milliseconds), or may write again (null), and who says so. */
type Mute = { until: number | null; by: string }

/**
 * Refuses somebody's messages, or lets them write again, and tells them.
 * @throws Refusal member_not_found where they are no member, not_host where they have become the host meanwhile
 */
export const muteMember = async (
  { code }: Pick<Room, 'code'>,
  { user_id }: Pick<Member, 'user_id'>,
  { until, by }: Mute,
  runtime: Runtime,
): Promise<void> => {
  if (!(await muteUntil(code, user_id, until))) throw new Refusal('member_not_found')
  await tellMuted(code, user_id, until, runtime)
  if (until === null || user_id === by) return
  // They may host by now: whoever made them the host has found this mute, or it finds here that they are.
  const latest = await roomByCode(code)
  if (latest === undefined || !isHost(latest, user_id)) return
  await muteMember(latest, { user_id }, { until: null, by }, runtime)
  throw new Refusal('not_host')
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
