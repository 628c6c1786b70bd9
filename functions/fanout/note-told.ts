import type { ServerEvent } from '../../protocol/server-events.ts'
import { allOf } from '../table/all-of.ts'
import { noteMessageTold } from '../table/messages.ts'
import { noteRemovalTold } from '../table/removals.ts'

/**
 * Notes that `some` or `all` were told of messages and of removals, after they were. What a function did not come to note,
 * because it ended, the next look at the room tells: see tellUntold (functions/presence/tell-untold.ts). Of the playback and
 * the facts tellChange notes it.
 */
export const noteTold = async (code: string, events: readonly ServerEvent[], told: 'some' | 'all'): Promise<void> => {
  const messages = events.flatMap((event) => (event.type === 'CHAT_MESSAGE' ? [event.id] : []))
  const removals = events.flatMap((event) => (event.type === 'MESSAGE_REMOVED' ? [event.revision] : []))
  await allOf([
    ...removals.map((id) => noteRemovalTold(code, id, told)),
    ...messages.map((id) => noteMessageTold(code, id, told)),
  ])
}
