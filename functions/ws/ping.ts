import type * as z from 'zod'
import type { PingEvent } from '../../protocol/client-events.ts'
import type { Revisions, ServerEventOf } from '../../protocol/server-events.ts'
import { PROTOCOL_VERSION } from '../../protocol/version.ts'
import { may } from '../domain/rights.ts'
import type { Services } from '../middleware/services.ts'
import { newestMessages } from '../table/messages.ts'
import type { Frame } from './socket.ts'
import { stillWelcome, type Welcome } from './still-welcome.ts'

const revisionsOf = ({ room, presence, revisions }: Welcome, newest: string | null): Revisions => ({
  facts: room.facts_revision,
  people: revisions.people,
  ...(presence.joined_revision !== null && { joined: presence.joined_revision }),
  ...(may('moderate', room, presence.user_id) && { waiting: revisions.waiting }),
  chat: newest,
})

/**
 * The server's clock around the one read, and the revision of every part of the room. Undefined when the sender had to
 * go.
 */
export const ping = async (
  frame: Frame,
  { t0, ref }: z.infer<typeof PingEvent>,
  { clock }: Services<'message'>,
): Promise<ServerEventOf<'PONG'> | undefined> => {
  const t1 = clock()
  const [welcome, newest] = await Promise.all([
    stillWelcome(frame, { re: 'PING', ref }, clock),
    newestMessages(frame.socket.code, 1, t1),
  ])
  if (welcome === undefined) return undefined
  const revisions = revisionsOf(welcome, newest.at(-1)?.id ?? null)
  const answer = { t0, t1, t2: clock(), version: welcome.room.version, revisions, protocol: PROTOCOL_VERSION }
  return { type: 'PONG', ...answer, ...(ref !== undefined && { ref }) }
}
