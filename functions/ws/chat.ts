import type * as z from 'zod'
import type { ChatMessageEvent } from '../../protocol/client-events.ts'
import type { SocketRefusalCode } from '../../protocol/refusal-codes.ts'
import { Refusal } from '../../protocol/refusals.ts'
import { type ChatBudget, chatFrame } from '../domain/chat.ts'
import { removeGone } from '../fanout/departures.ts'
import { tell } from '../fanout/tell.ts'
import type { SettingsOf } from '../middleware/configuration.ts'
import type { Services } from '../middleware/services.ts'
import { spendMessage } from '../table/chat-budget.ts'
import { putMessage } from '../table/messages.ts'
import { presencesIn } from '../table/presences.ts'
import { touchRoom } from '../table/room-lists.ts'
import { roomByCode } from '../table/rooms.ts'
import { answerError } from './answer-error.ts'
import type { Frame } from './socket.ts'

/**
 * If saving took longer, a greeting under way may have read the messages too early. Send to every live socket then:
 * clients drop duplicates by id. Shorter than SAVED_WITHIN in catch-up.ts.
 */
const PROMPT_MS = 200

const budgetFrom = (settings: SettingsOf<'message'>): ChatBudget => ({
  burst: settings.CHAT_BURST,
  refillMilliseconds: settings.CHAT_REFILL_MILLISECONDS,
})

export const chat = async (
  frame: Frame,
  { message: text, ref }: z.infer<typeof ChatMessageEvent>,
  { clock, ids, settings }: Services<'message'>,
): Promise<void> => {
  const { code, userId, connectionId } = frame.socket
  const asked = clock()
  const refuse = (refusal: Refusal<SocketRefusalCode>) => answerError(frame, { refusal, re: 'CHAT_MESSAGE', ref })

  const [sender, room] = await Promise.all([
    spendMessage(code, userId, ids.token(), asked, budgetFrom(settings)),
    roomByCode(code),
  ])
  if (room === undefined || room.deleted_at !== null) return void (await refuse(new Refusal('not_a_member')))
  if (!room.is_chat_enabled) return void (await refuse(new Refusal('chat_disabled')))
  if (sender instanceof Refusal) return void (await refuse(sender))

  const now = clock()
  const message = { id: ids.message(now), user: sender.name, user_id: userId, message: text, created_at: now }
  const [presencesAtSave] = await Promise.all([
    presencesIn(code),
    putMessage(code, { ...message, connection_id: connectionId, ref }, settings.MESSAGE_DAYS),
  ])
  const isPrompt = clock() - now <= PROMPT_MS
  const presences = isPrompt ? presencesAtSave : await presencesIn(code)
  const event = chatFrame(message)
  const echo = { connectionId, ref }
  const told = await tell(presences, { event, to: 'everyone', echo, ...(isPrompt && { happened: now }) }, clock())
  await removeGone(code, presences, told, clock)
  await touchRoom(room, clock(), settings.ROOM_IDLE_DAYS)
}
