import { type RoomState, roleOf } from '../../../client/index.ts'
import type { Happening } from './happenings.ts'

/** What has happened to the chat between two states of one room, as `me` sees it. */
export const chatBetween = (before: RoomState, after: RoomState, me: string): readonly Happening[] => {
  const happened: Happening[] = []
  const name = after.room?.host ?? ''
  for (const { id, user_id } of before.removed === after.removed ? [] : before.messages) {
    const by = after.removed.get(id)
    if (user_id !== me || before.removed.has(id) || by == null || by === me) continue
    happened.push({ kind: 'removed', name, isByHost: roleOf(after, by) === 'host' })
  }
  if (before.room === null || after.room === null) return happened
  const { chat_since: since, slow_mode_seconds: slow = 0 } = after.room
  if (since != null && since > (before.room.chat_since ?? '')) happened.push({ kind: 'cleared', name })
  if (slow !== (before.room.slow_mode_seconds ?? 0)) happened.push({ kind: 'slowed', name, seconds: slow })
  return happened
}
