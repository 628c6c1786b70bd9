import type * as z from 'zod'
import type { ChatMessageEvent } from '../../protocol/client-events.ts'
import { timeOfMessageId } from '../../protocol/message-time.ts'
import type { SocketRefusalCode } from '../../protocol/refusal-codes.ts'
import { Refusal } from '../../protocol/refusals.ts'
import type { ShownMessage } from '../../protocol/server-events.ts'
import type { Bucket } from '../domain/bucket.ts'
import { chatFrame, remains, whyMuted, writtenAt } from '../domain/chat.ts'
import { markOf } from '../domain/marks.ts'
import { limitsOf, type MessageLimits } from '../domain/message-limits.ts'
import type { Room } from '../domain/room.ts'
import { ABANDONED_AFTER_MS, PROMPT_MS } from '../domain/times.ts'
import { post } from '../fanout/post.ts'
import { tellPresent } from '../fanout/tell-room.ts'
import type { SettingsOf } from '../middleware/configuration.ts'
import type { TellingServices } from '../middleware/services.ts'
import { allOf } from '../table/all-of.ts'
import { spendMessage, trimMessages, unspendMessage } from '../table/chat-budget.ts'
import { type KeepingOutcome, putLimitedMessage } from '../table/limited-messages.ts'
import { messageById, putMessage, type SavedMessage } from '../table/messages.ts'
import { presencesIn } from '../table/presences.ts'
import { noteNewest } from '../table/revisions.ts'
import { touchRoom } from '../table/room-lists.ts'
import { roomByCode } from '../table/rooms.ts'
import { answerError } from './answer-error.ts'
import type { Frame } from './socket.ts'

const budgetFrom = (settings: SettingsOf<'message'>): Bucket => ({
  burst: settings.CHAT_BURST,
  refillMs: settings.CHAT_REFILL_MILLISECONDS,
})

const refusedAsRemoved = (ref: string | undefined) => ({
  refusal: new Refusal('message_not_found', { message: 'This message was removed.' }),
  re: 'CHAT_MESSAGE',
  ref,
})

/**
 * Answers who sent a message again with the message that is there. Nobody else hears of it, unless the function that saved
 * it has ended before it told the room.
 */
const answerRepetition = async (
  frame: Frame,
  there: SavedMessage,
  { ref, services }: { ref: string | undefined; services: TellingServices<'message'> },
): Promise<void> => {
  const { code, connectionId } = frame.socket
  if (there.removal !== undefined) return void (await answerError(frame, refusedAsRemoved(ref)))
  const event = chatFrame(there)
  const isAbandoned =
    there.told === 'none' && services.clock() - (there.saved_at ?? there.created_at) >= ABANDONED_AFTER_MS
  if (!isAbandoned) {
    await post(connectionId, JSON.stringify({ ...event, ...(ref !== undefined && { ref }) }))
    return
  }
  const telling = { events: [event], to: 'everyone' as const, echo: { connectionId, ref } }
  await tellPresent(code, await presencesIn(code), telling, services)
}

type Paid = {
  message: ShownMessage
  ref: string | undefined
  room: Room
  limits: MessageLimits | undefined
  /** Refuses the message although it is paid for, and gives back what it cost. */
  refuse: (refusal: Refusal<SocketRefusalCode>) => Promise<void>
}

/** Keeps a message. What holds it back decides in the same round trip. */
const keep = async (
  code: string,
  message: SavedMessage,
  limits: MessageLimits | undefined,
  { clock, settings }: TellingServices<'message'>,
): Promise<KeepingOutcome> => {
  const { MESSAGE_DAYS: keptDays } = settings
  if (limits !== undefined)
    return putLimitedMessage(code, message, { limits, now: clock(), budget: budgetFrom(settings), keptDays })
  const there = await putMessage(code, message, keptDays)
  return there === undefined ? 'kept' : { there }
}

/** Saves a message and tells everybody, unless another function did because the message was sent twice. */
const saveAndTell = async (
  frame: Frame,
  { message, ref, room, limits, refuse }: Paid,
  services: TellingServices<'message'>,
): Promise<void> => {
  const { code, connectionId } = frame.socket
  const { clock, settings } = services
  const now = clock()
  const saved = { ...message, connection_id: connectionId, ref, saved_at: now }
  const [presencesAtSave, kept] = await allOf([presencesIn(code), keep(code, saved, limits, services)])
  if (kept !== 'kept') {
    if ('refusal' in kept) await refuse(kept.refusal)
    else await answerRepetition(frame, kept.there, { ref, services })
    return
  }
  const isPrompt = clock() - now <= PROMPT_MS
  const presences = isPrompt ? presencesAtSave : await presencesIn(code)
  const telling = { events: [chatFrame(message)], to: 'everyone' as const, echo: { connectionId, ref } }
  const timing = { receivedAt: frame.receivedAt, last: 'MessageLastPost' } as const
  await allOf([
    tellPresent(code, presences, { ...telling, timing, ...(isPrompt && { happened: now }) }, services),
    // A message that may be held back becomes the chat's revision only once it is kept.
    limits === undefined ? undefined : noteNewest(code, message.id),
  ])
  await touchRoom(room, clock(), settings.ROOM_IDLE_DAYS)
}

/**
 * Says something in the room. A message that comes again is paid for and kept once. Where a function ended between the
 * two, the repetition keeps and tells it, under the id that was noted for it.
 */
export const chat = async (
  frame: Frame,
  { message: text, ref }: z.infer<typeof ChatMessageEvent>,
  services: TellingServices<'message'>,
): Promise<void> => {
  const { clock, ids, settings } = services
  const { code, userId } = frame.socket
  const asked = clock()
  const budget = budgetFrom(settings)
  const refuse = async (refusal: Refusal<SocketRefusalCode>) => {
    await answerError(frame, { refusal, re: 'CHAT_MESSAGE', ref })
  }

  const mark = markOf(userId, { ref, frameId: frame.id }, 'CHAT_MESSAGE', text)
  const marked = { mark, id: ids.message(writtenAt(frame.receivedAt, asked)) }
  const [spent, room] = await allOf([spendMessage(code, userId, marked, asked, budget), roomByCode(code)])
  if (room === undefined || room.deleted_at !== null) return void (await refuse(new Refusal('not_a_member')))
  if (spent instanceof Refusal) return void (await refuse(room.is_chat_enabled ? spent : new Refusal('chat_disabled')))

  const { id, sender, isRepetition, remembered, place } = spent
  // Written before the chat was cleared, and not kept or told until now: nobody is to see it.
  if (!remains(id, room)) return void (await answerError(frame, refusedAsRemoved(ref)))
  if (isRepetition) {
    const there = await messageById(code, id)
    if (there !== undefined) return answerRepetition(frame, there, { ref, services })
  }
  const refusePaid = async (refusal: Refusal<SocketRefusalCode>) => {
    await unspendMessage(code, userId, { mark, id, place }, budget)
    await refuse(refusal)
  }
  if (!room.is_chat_enabled) return void (await refusePaid(new Refusal('chat_disabled')))
  // A function that ended before it kept this message may have taken it first, and the sender may have been muted since.
  const muted = whyMuted(sender, asked)
  if (muted !== undefined) return void (await refusePaid(muted))
  const said = { user: sender.name, user_id: userId, message: text, created_at: timeOfMessageId(id) }
  const limits = limitsOf(room, sender, asked)
  await saveAndTell(frame, { message: { id, ...said }, ref, room, limits, refuse: refusePaid }, services)
  await trimMessages(code, userId, remembered)
}
