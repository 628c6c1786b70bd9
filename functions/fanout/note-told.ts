import { isCommandType } from '../../protocol/event-types.ts'
import type { ServerEvent } from '../../protocol/server-events.ts'
import { allOf } from '../table/all-of.ts'
import { noteMessageTold } from '../table/messages.ts'
import { noteRemovalTold } from '../table/removals.ts'
import { noteVersionTold } from '../table/revisions.ts'

/**
 * Notes that `some` or `all` were told of messages, of removals and of the playback, after they were. What a function did not come to
 * note, because it ended, the next look at the room tells: see tellUntold (functions/presence/tell-untold.ts).
 */
export const noteTold = async (code: string, events: readonly ServerEvent[], told: 'some' | 'all'): Promise<void> => {
  const versions = events.flatMap((event) => (isCommandType(event.type) && 'version' in event ? [event.version] : []))
  const messages = events.flatMap((event) => (event.type === 'CHAT_MESSAGE' ? [event.id] : []))
  const removals = events.flatMap((event) => (event.type === 'MESSAGE_REMOVED' ? [event.revision] : []))
  await allOf([
    ...removals.map((id) => noteRemovalTold(code, id, told)),
    ...messages.map((id) => noteMessageTold(code, id, told)),
    ...(told === 'all' && versions.length > 0 ? [noteVersionTold(code, Math.max(...versions))] : []),
  ])
}
