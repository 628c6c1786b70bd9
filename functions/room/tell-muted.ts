import type { Member } from '../domain/membership.ts'
import type { Room } from '../domain/room.ts'
import type { Runtime } from '../fanout/runtime.ts'
import { tellRoom } from '../fanout/tell-room.ts'

/** Tells somebody that they may not write until then, epoch milliseconds; or that they may again (null). */
export const tellMuted = (
  { code }: Room,
  { user_id }: Pick<Member, 'user_id'>,
  until: number | null,
  runtime: Runtime,
): Promise<void> => {
  const event = { type: 'MUTED' as const, until, at: runtime.clock() }
  return tellRoom(code, { events: [event], to: { only: [user_id] } }, runtime)
}
