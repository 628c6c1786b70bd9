import type * as z from 'zod'
import type { ChatMessageEvent } from '../../protocol/client-events.ts'
import type { SocketRefusalCode } from '../../protocol/refusal-codes.ts'
import { Refusal } from '../../protocol/refusals.ts'
import { type ChatBudget, chatFrame } from '../domain/chat.ts'
import { PROMPT_MS } from '../domain/times.ts'
import { tellPresent } from '../fanout/tell-room.ts'
import type { SettingsOf } from '../middleware/configuration.ts'
import type { TellingServices } from '../middleware/services.ts'
import { spendMessage } from '../table/chat-budget.ts'
import { putMessage } from '../table/messages.ts'
import { presencesIn } from '../table/presences.ts'
import { touchRoom } from '../table/room-lists.ts'
import { roomByCode } from '../table/rooms.ts'
import { answerError } from './answer-error.ts'
import type { Frame } from './socket.ts'

const budgetFrom = (settings: SettingsOf<'message'>): ChatBudget => ({
  burst: settings.CHAT_BURST,
  refillMilliseconds: settings.CHAT_REFILL_MILLISECONDS,
})

export const chat = async (
  frame: Frame,
  { message: text, ref }: z.infer<typeof ChatMessageEvent>,
  services: TellingServices<'message'>,
): Promise<void> => {
  const { code, userId, connectionId } = frame.socket
  const { clock, ids, settings } = services
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
  const telling = { events: [chatFrame(message)], to: 'everyone' as const, echo: { connectionId, ref } }
  await tellPresent(code, presences, { ...telling, ...(isPrompt && { happened: now }) }, services)
  await touchRoom(room, clock(), settings.ROOM_IDLE_DAYS)
}
