import type * as z from 'zod'
import type { PingEvent } from '../../protocol/client-events.ts'
import type { Revisions } from '../../protocol/revisions.ts'
import type { ServerEventOf } from '../../protocol/server-events.ts'
import { PROTOCOL_VERSION } from '../../protocol/version.ts'
import { mutedUntil } from '../domain/chat.ts'
import { may } from '../domain/rights.ts'
import type { TellingServices } from '../middleware/services.ts'
import { noteSignOfLife } from '../presence/signs-of-life.ts'
import type { Frame } from './socket.ts'
import { stillWelcome, type Welcome } from './still-welcome.ts'

const revisionsOf = ({ room, presence, revisions }: Welcome): Revisions => ({
  facts: room.facts_revision,
  people: revisions.people.revision,
  ...(presence.joined_revision !== null && { joined: presence.joined_revision }),
  ...(may('moderate', room, presence.user_id) && { waiting: revisions.waiting.revision }),
  chat: revisions.chat,
})

/**
 * Answers with the server's clock before and after the one read, and with the revision of every part of the room.
 * Undefined when the sender had to go. What has to be written comes before `t2`: it would bend the client's clock.
 */
export const ping = async (
  frame: Frame,
  { t0, ref }: z.infer<typeof PingEvent>,
  services: TellingServices<'message'>,
): Promise<ServerEventOf<'PONG'> | undefined> => {
  const { clock } = services
  const t1 = clock()
  const welcome = await stillWelcome(frame, { re: 'PING', ref }, services)
  if (welcome === undefined) return undefined
  await noteSignOfLife(frame.socket, welcome, services)
  const revisions = revisionsOf(welcome)
  const muted_until = mutedUntil(welcome.member, t1)
  const { version } = welcome.room
  const answer = { t0, t1, t2: clock(), version, revisions, muted_until, protocol: PROTOCOL_VERSION }
  return { type: 'PONG', ...answer, ...(ref !== undefined && { ref }) }
}
