import { ServerEvent } from '../../protocol/server-events.ts'
import type { Invoked } from '../staging/in-process.ts'

/** Which socket is whose, from what $connect was called with. */
export const createSockets = () => {
  const userOf = new Map<string, string>()
  const latestOf = new Map<string, string>()
  return {
    invoked: ({ id, event }: Invoked): void => {
      if (id !== 'Connect') return
      const { connectionId, authorizer } = (event as { requestContext: { connectionId: string; authorizer: object } })
        .requestContext
      const userId = String(Reflect.get(authorizer, 'userId'))
      userOf.set(connectionId, userId)
      latestOf.set(userId, connectionId)
    },
    connectionOf: (userId: string) => latestOf.get(userId),
    /** Undefined where the person has a newer socket. */
    userOf: (connectionId: string) => {
      const userId = userOf.get(connectionId)
      return userId !== undefined && latestOf.get(userId) === connectionId ? userId : undefined
    },
  }
}

/** A frame of the protocol; undefined where it is none. */
export const parseEvent = (data: string): ServerEvent | undefined => {
  const parsed = ServerEvent.safeParse(JSON.parse(data))
  return parsed.success ? parsed.data : undefined
}

/** The last frame of an answer to SYNC_REQUEST is what the function returns, and no post. */
export const answerIn = ({ id, event, result }: Invoked): { connectionId: string; event: ServerEvent } | undefined => {
  const body = (result as { body?: string } | undefined)?.body
  if (id !== 'Message' || body === undefined) return undefined
  const frame = parseEvent(body)
  const { connectionId } = (event as { requestContext: { connectionId: string } }).requestContext
  return frame && { connectionId, event: frame }
}
