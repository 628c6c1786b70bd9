import { type Faults, happens } from '../faults.ts'
import type { Invocations, Outcome } from '../lambda/invocations.ts'
import type { Limits } from '../limits.ts'
import type { Api } from '../template/apis.ts'
import type { Connection } from './connections.ts'
import { messageEvent } from './events.ts'
import { createRouteSelector } from './route-selection.ts'

/** How long the fault reorderFrames collects frames before it starts them, the newest first. */
const REORDER_MS = 20

/** What a function has for the sender. API Gateway takes `body` of an object and nothing else. */
const responseBody = (result: unknown): string => {
  if (typeof result !== 'object' || result === null || !('body' in result)) return ''
  return typeof result.body === 'string' ? result.body : JSON.stringify(result.body ?? '')
}

/** Turns every frame of a client into an invocation of its own; none waits for another. */
export const createMessages = (api: Api, invocations: Invocations, faults: Faults, limits: Limits) => {
  const select = createRouteSelector(api.selectionExpression, api.routes)

  const invoke = async (functionName: string, event: unknown): Promise<Outcome | 'late'> => {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<'late'>((resolve) => {
      timer = setTimeout(() => resolve('late'), limits.integrationMilliseconds)
    })
    const outcome = await Promise.race([invocations.call(functionName, event), late])
    clearTimeout(timer)
    return outcome
  }

  const deliver = async (connection: Connection, body: string): Promise<void> => {
    const route = select(body)
    const event = messageEvent(api, connection.handshake, route?.key ?? '$default', body)
    const { connectionId, requestId } = event.requestContext
    if (route !== undefined && happens(faults.duplicateFrames)) void invoke(route.functionName, event)
    const complain = (message: string) => connection.send(JSON.stringify({ message, connectionId, requestId }))
    if (route === undefined) return void complain('Forbidden')
    const outcome = await invoke(route.functionName, event)
    if (outcome === 'late') complain('Endpoint request timed out')
    else if (!outcome.ok) complain('Internal server error')
    else if (route.hasResponse) connection.send(responseBody(outcome.result))
  }

  /** One per connection, because only frames of one client are reordered. */
  return (connection: Connection): ((body: string) => void) => {
    let held: string[] = []
    const release = () => {
      const frames = held.reverse()
      held = []
      for (const frame of frames) void deliver(connection, frame)
    }
    return (body) => {
      connection.touch()
      if (!happens(faults.reorderFrames)) return void deliver(connection, body)
      held.push(body)
      if (held.length === 1) setTimeout(release, REORDER_MS)
    }
  }
}
