import { refusals } from '../../protocol/refusals.ts'
import { startFunction } from '../background/invoke.ts'
import type { TokenClaims } from '../domain/session.ts'
import { countRefusal } from '../metrics/count-refusal.ts'
import type { TellingServices } from '../middleware/services.ts'
import { recordArrival } from '../presence/arrive.ts'
import { allOf } from '../table/all-of.ts'
import { noteTraces } from '../table/members.ts'
import { removeSocket } from '../table/sockets.ts'
import { handlingOnly } from './handling-only.ts'
import type { Socket, SocketResult } from './socket.ts'

/**
 * What welcome is told. `room` is the code: functions of 0.1.0 call it so, and run beside these during a deploy. Functions of
 * the version before tell it no `token`.
 */
export type WelcomeCall = Pick<Socket, 'connectionId' | 'name' | 'userId'> & { room: string; token?: TokenClaims }

/** Records the socket and starts its greeting. The socket opens only after this function has returned. */
const connect = async (socket: Socket, services: TellingServices<'connect'>): Promise<SocketResult> => {
  const { clock, ids, settings } = services
  const { code, userId, name, connectionId, network_trace, tokenId, generation, expires } = socket
  if (socket.opens_too_often !== undefined) {
    countRefusal('too_fast')
    return { statusCode: refusals.too_fast[0] }
  }
  const token = { token_id: tokenId, generation, expires }
  const call: WelcomeCall = { room: code, userId, name, connectionId, token }
  try {
    const [isRecorded] = await allOf([
      recordArrival(socket, services),
      // A member who comes from another network than before: a ban is to find the latest.
      network_trace === undefined ? undefined : noteTraces(code, userId, { network_trace }),
    ])
    if (!isRecorded) {
      countRefusal('too_many_connections')
      return { statusCode: refusals.too_many_connections[0] }
    }
    await startFunction(settings.WELCOME_FUNCTION, call)
  } catch (error) {
    // Nobody would greet the socket: remove its record and refuse it.
    await removeSocket(socket, { now: clock(), remover: ids.token() })
    throw error
  }
  return { statusCode: 200 }
}

export const createHandler = (services: TellingServices<'connect'>) =>
  handlingOnly('CONNECT', services, (socket) => connect(socket, services))
