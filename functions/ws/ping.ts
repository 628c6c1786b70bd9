import type * as z from 'zod'
import type { PingEvent } from '../../protocol/client-events.ts'
import type { ServerEventOf } from '../../protocol/server-events.ts'
import { PROTOCOL_VERSION } from '../../protocol/version.ts'
import type { Services } from '../middleware/services.ts'
import type { Frame } from './socket.ts'
import { stillWelcome } from './still-welcome.ts'

/** The server's clock around the one read; undefined when the sender had to go. */
export const ping = async (
  frame: Frame,
  { t0, ref }: z.infer<typeof PingEvent>,
  { clock }: Services<'message'>,
): Promise<ServerEventOf<'PONG'> | undefined> => {
  const t1 = clock()
  const room = await stillWelcome(frame, { re: 'PING', ref }, clock)
  if (room === undefined) return undefined
  const answer = { t0, t1, t2: clock(), version: room.version, protocol: PROTOCOL_VERSION }
  return { type: 'PONG', ...answer, ...(ref !== undefined && { ref }) }
}
