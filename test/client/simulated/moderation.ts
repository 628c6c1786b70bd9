import { messageRemoved, mutedEvent } from '../../../functions/domain/chat.ts'
import { assertMay, assertMayMute } from '../../../functions/domain/rights.ts'
import { Refusal } from '../../../protocol/refusals.ts'
import { isMember, type KeptRoom, memberOf, nextId, shownMessages } from './kept-room.ts'
import { changeFacts } from './roles.ts'
import type { Act } from './room-calls.ts'

const removeMessage: Act<'rooms/remove-message'> = (kept, user, { message_id }) => {
  const message = shownMessages(kept).find(({ id }) => id === message_id)
  const before = kept.removals.find((one) => one.message_id === message_id)
  if (message?.user_id !== user) assertMay('moderate', kept.room, user)
  if (message === undefined && before === undefined) throw new Refusal('message_not_found')
  const removal = before ?? { id: nextId(kept), message_id, user_id: user }
  if (message !== undefined) {
    kept.messages.splice(kept.messages.indexOf(message), 1)
    kept.removals.push(removal)
  }
  kept.tell(messageRemoved(removal))
  return { ok: true }
}

const clearChat: Act<'rooms/clear-chat'> = (kept, user, { until }) => {
  assertMay('moderate', kept.room, user)
  const since = until ?? nextId(kept)
  if (since > (kept.room.chat_since ?? '')) changeFacts(kept, { chat_since: since })
  return { ok: true }
}

const muteUntil = (kept: KeptRoom, user: string, target: string, until: number | null): void => {
  assertMayMute(kept.room, user, target)
  if (!isMember(kept, target)) throw new Refusal('member_not_found')
  kept.members.set(target, { ...memberOf(kept, target), muted_until: until })
  kept.tell(mutedEvent(until, kept.now()), { only: ({ token }) => token === target })
}

const mute: Act<'rooms/mute'> = (kept, user, { user_id, seconds }) => {
  muteUntil(kept, user, user_id, kept.now() + seconds * 1000)
  return { ok: true }
}

const unmute: Act<'rooms/unmute'> = (kept, user, { user_id }) => {
  muteUntil(kept, user, user_id, null)
  return { ok: true }
}

/** What those who moderate do to the chat, and writers to their own messages. */
export const moderationActs = {
  ...{ 'rooms/remove-message': removeMessage, 'rooms/clear-chat': clearChat },
  ...{ 'rooms/mute': mute, 'rooms/unmute': unmute },
}
