import type { APIGatewayProxyStructuredResultV2, APIGatewayProxyWebsocketEventV2 } from 'aws-lambda'
import * as z from 'zod'

/** What the authorizer passes on: who, never what they may do. API Gateway makes every value text. */
export type SocketContext = {
  userId: string
  /** Percent-encoded: the context travels in places that take ASCII only. */
  name: string
  /** The room's code. */
  room: string
  tokenId: string
  generation: string
  /** When the token ends, epoch seconds. */
  expires: string
  /** From which it was opened: frames come without headers. */
  address: string
  /** The trace of its network, where another one was noted of the member, or none. */
  network_trace?: string | undefined
  /** 'true' of whoever has opened too many of late. */
  opens_too_often?: string | undefined
}

// The field `room` is as old as 0.1.0: sockets keep the context that they were opened with, across a deploy.
const Context = z
  .object({
    userId: z.string(),
    name: z.string().transform(decodeURIComponent),
    room: z.string(),
    tokenId: z.string(),
    generation: z.coerce.number(),
    expires: z.coerce.number(),
    // Sockets that a version before opened have none.
    address: z.string().optional(),
    network_trace: z.string().optional(),
    opens_too_often: z.string().optional(),
  })
  .transform(({ room, ...context }) => ({ ...context, code: room }))

/** An event of the WebSocket API behind an authorizer. */
export type SocketEvent = APIGatewayProxyWebsocketEventV2 & {
  requestContext: { authorizer?: unknown; requestTimeEpoch: number }
}
export type SocketResult = APIGatewayProxyStructuredResultV2

/** One socket: whose it is, in which room. */
export type Socket = z.infer<typeof Context> & { connectionId: string }

export const socketOf = (event: SocketEvent): Socket => ({
  ...Context.parse(event.requestContext.authorizer),
  connectionId: event.requestContext.connectionId,
})

/** A frame that a client sent: what it says, from where, and what the gateway says of it. */
export type Frame = {
  socket: Socket
  body: string
  /** The gateway's own name for this frame. A client that sends the same once more has sent another frame. */
  id: string
  /** When the gateway received it, epoch milliseconds. */
  receivedAt: number
}

export const frameOf = (event: SocketEvent): Frame => ({
  socket: socketOf(event),
  body: event.body ?? '',
  id: event.requestContext.messageId,
  receivedAt: event.requestContext.requestTimeEpoch,
})
