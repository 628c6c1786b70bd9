import { MESSAGES_PER_PAGE } from '../../../protocol/limits.ts'
import { remains, sinceCleared } from '../../domain/chat.ts'
import { serve } from '../../middleware/route.ts'
import { roomAndMember } from '../../table/access.ts'
import { allOf } from '../../table/all-of.ts'
import { messagesAfter, newestMessages } from '../../table/messages.ts'
import { removalsAfter } from '../../table/removed-messages.ts'
import { roomOfMember } from '../permitted.ts'
import { codeOf } from '../room-id.ts'

// One more than a page tells whether another follows.
const READ = MESSAGES_PER_PAGE + 1

export const messages = serve('rooms/messages', {
  load: async ({ input, caller, now }, { settings }) => {
    const kept = { now, days: settings.MESSAGE_DAYS }
    const code = codeOf(input.room_id)
    const [access, found, removals] = await allOf([
      roomAndMember(code, caller.user_id),
      input.after === undefined
        ? newestMessages(code, READ, kept, input.before)
        : messagesAfter(code, input.after, READ, kept),
      input.after === undefined ? undefined : removalsAfter(code, input.after),
    ])
    return { ...access, found, removals }
  },
  act: ({ input, user, now }, { found, removals, ...loaded }) => {
    const room = roomOfMember(user.id, loaded, now)
    const forwards = input.after !== undefined
    const page = forwards ? found.slice(0, MESSAGES_PER_PAGE) : found.slice(-MESSAGES_PER_PAGE)
    const edge = forwards ? page.at(-1) : page.at(0)
    // Backwards, a page that reaches to where the chat was cleared is the last one.
    const isCleared = !forwards && edge !== undefined && !remains(edge.id, room)
    const next = found.length === READ && !isCleared ? (edge?.id ?? null) : null
    const removed = removals?.filter(({ id }) => next === null || id <= next).map(({ message_id }) => message_id)
    return { messages: sinceCleared(page, room), next, ...(removed !== undefined && { removed }) }
  },
})
