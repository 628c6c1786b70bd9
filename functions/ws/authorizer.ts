import middy from '@middy/core'
import type { APIGatewayAuthorizerResult, APIGatewayRequestAuthorizerEvent } from 'aws-lambda'
import { parseRoomCode } from '../../protocol/ids.ts'
import type { RefusalCode } from '../../protocol/refusal-codes.ts'
import { Refusal } from '../../protocol/refusals.ts'
import { callerAddress } from '../auth/caller-address.ts'
import { verifyToken } from '../auth/tokens.ts'
import { networksOf, tracesOf } from '../auth/traces.ts'
import { bringsNewTrace, opensTooOften } from '../domain/membership.ts'
import { hasEnded } from '../domain/room.ts'
import { sessionHolds } from '../domain/session.ts'
import { countRefusal } from '../metrics/count-refusal.ts'
import { count } from '../metrics/tally.ts'
import { faultLogging, logging } from '../middleware/logging.ts'
import { metering } from '../middleware/metering.ts'
import type { Services } from '../middleware/services.ts'
import { accessTo } from '../table/access.ts'
import type { SocketContext } from './socket.ts'

/** The word that makes API Gateway answer 401. */
const UNAUTHORIZED = 'Unauthorized'

const policy = (
  effect: 'Allow' | 'Deny',
  event: APIGatewayRequestAuthorizerEvent,
  principalId: string,
  context?: SocketContext,
): APIGatewayAuthorizerResult => ({
  principalId,
  policyDocument: {
    Version: '2012-10-17',
    Statement: [{ Action: 'execute-api:Invoke', Effect: effect, Resource: event.methodArn }],
  },
  ...(context !== undefined && { context }),
})

const addressOf = (
  { headers, requestContext }: APIGatewayRequestAuthorizerEvent,
  { clock, settings }: Services<'authorizer'>,
): Promise<string> =>
  callerAddress({ headers: headers ?? {}, sourceIp: requestContext.identity.sourceIp }, clock(), settings)

const authorize = async (
  event: APIGatewayRequestAuthorizerEvent,
  services: Services<'authorizer'>,
): Promise<APIGatewayAuthorizerResult> => {
  const { clock, settings } = services
  const now = clock()
  const { token, room: typed } = event.queryStringParameters ?? {}
  const claims = await verifyToken(token ?? '', now, settings)
  const code = parseRoomCode(typed ?? '')
  const deny = (why: RefusalCode): APIGatewayAuthorizerResult => {
    countRefusal(why)
    return policy('Deny', event, claims.user_id)
  }
  if (code === undefined) return deny('room_not_found')
  const address = await addressOf(event, services)
  const networks = await networksOf(address, now, settings)
  const { room, member, session, isRefused } = await accessTo(code, claims, networks, now)
  if (!sessionHolds(session, claims, now)) throw new Refusal('unauthorized')
  if (isRefused && session.user?.is_admin !== true) return deny('service_banned')
  if (room === undefined || hasEnded(room, now)) return deny('room_not_found')
  if (member?.status !== 'APPROVED') return deny('not_a_member')
  const { left } = await tracesOf(code, { address }, now, settings)
  return policy('Allow', event, claims.user_id, {
    userId: claims.user_id,
    name: encodeURIComponent(member.name),
    room: code,
    tokenId: claims.token_id,
    generation: String(claims.generation),
    expires: String(claims.expires),
    address,
    ...(bringsNewTrace(member, left) && left),
    // Refused by the function after this one: a refusal of this one would be 403, as for whoever has no place here.
    ...(opensTooOften(member, now) && { opens_too_often: 'true' }),
  })
}

export const createHandler = (services: Services<'authorizer'>) =>
  middy<APIGatewayRequestAuthorizerEvent, APIGatewayAuthorizerResult>()
    .use(metering<APIGatewayRequestAuthorizerEvent, APIGatewayAuthorizerResult>(services.settings))
    .use(faultLogging((error) => error instanceof Error && error.message === UNAUTHORIZED))
    .use({
      onError: (request) => {
        if (!(request.error instanceof Refusal)) return
        countRefusal(request.error.code)
        // Lambda counts what is thrown among the function's errors: the alarm takes these off.
        count('HandshakesUnauthorized')
        // Not thrown here: what was used before this would not run.
        request.error = new Error(UNAUTHORIZED)
      },
    })
    .use(
      logging<APIGatewayRequestAuthorizerEvent, APIGatewayAuthorizerResult>(
        (event, result) => ({
          event: 'authorize',
          connection: event.requestContext.connectionId ?? '',
          user: result?.principalId ?? '',
          outcome: result?.policyDocument.Statement[0]?.Effect ?? 'Unauthorized',
        }),
        (event) => addressOf(event, services),
      ),
    )
    .handler((event) => authorize(event, services))
