import type { ServerEvent } from '../../protocol/server-events.ts'
import { allOf } from '../table/all-of.ts'
import { noteMessageTold } from '../table/messages.ts'
import { noteRemovalTold } from '../table/removed-messages.ts'

/**
 * Notes that `some` or `all` were told of the messages and the removals among these events. It is called after they
 * were told: where a function ends before, the next look at the room tells them again (`tellUntold`,
 * functions/presence/tell-untold.ts). `tellChange` notes the same of the playback and the facts.
 */
export const noteTold = async (code: string, events: readonly ServerEvent[], told: 'some' | 'all'): Promise<void> => {
  const messages = events.flatMap((event) => (event.type === 'CHAT_MESSAGE' ? [event.id] : []))
  const removals = events.flatMap((event) => (event.type === 'MESSAGE_REMOVED' ? [event.revision] : []))
  await allOf([
    ...removals.map((id) => noteRemovalTold(code, id, told)),
    ...messages.map((id) => noteMessageTold(code, id, told)),
  ])
}
