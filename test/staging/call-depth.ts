import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { currentInvocation } from './current-invocation.ts'

type Watched = { calls: string[]; depth: number; beforeFirstPost: number | undefined }

/**
 * Watches the SDK's calls and counts them in depth: calls sent together are one round trip, a call sent after another's
 * answer adds one. Kept for each invocation by itself, so that what runs beside it does not count.
 */
export const watchDepth = (client: DynamoDBClient) => {
  const watched = new Map<object, Watched & { name: string }>()
  const current = (): (Watched & { name: string }) | undefined => {
    const invocation = currentInvocation.getStore()
    if (invocation === undefined) return undefined
    const known = watched.get(invocation)
    if (known !== undefined) return known
    const fresh = { name: invocation.logicalId.slice(0, -8), calls: [], depth: 0, beforeFirstPost: undefined }
    watched.set(invocation, fresh)
    return fresh
  }
  client.middlewareStack.add(
    (next, context) => async (args) => {
      // Once in ten seconds an instance adds its counts, after everything is told: that is nobody's budget.
      const isCounting = JSON.stringify(args.input).includes('"STATS#')
      const invocation = isCounting ? undefined : current()
      const depth = (invocation?.depth ?? 0) + 1
      invocation?.calls.push(`${depth} ${context.commandName?.replace('Command', '')}`)
      const answer = await next(args)
      if (invocation !== undefined) invocation.depth = Math.max(invocation.depth, depth)
      return answer
    },
    { step: 'initialize', name: 'watchDepth' },
  )
  return {
    /** To be called when a post arrives: what had been answered by then was waited for, at the most. */
    notePost: () => {
      for (const invocation of watched.values()) invocation.beforeFirstPost ??= invocation.depth
    },
    clear: () => watched.clear(),
    of: (name: string): Watched[] => [...watched.values()].filter((invocation) => invocation.name === name),
  }
}
