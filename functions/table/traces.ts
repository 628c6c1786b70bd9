import * as z from 'zod'
import { type Member, tracesIn } from '../domain/membership.ts'
import { checking, deleting, updating } from './change.ts'
import { itemsTogether, writeTogether } from './client.ts'
import { equals, holds, isMissing } from './conditions.ts'
import { bannedNetworkKey, memberKey, traceKey } from './keys.ts'
import { isRefusedBy } from './service.ts'

const TraceItem = z.object({ until: z.number() })

/** Traces of somebody who is banned, and until when, epoch milliseconds, new guests under them wait for the host. */
export type Noted = { traces: readonly string[]; until: number }

/** To note them, as parts of the transaction that bans. Of several who left one trace each is named. */
export const notingTraces = (code: string, { traces, until }: Noted, userId: string) =>
  traces.map((trace) =>
    updating(traceKey(code, trace), {
      set: { until, ttl: Math.floor(until / 1000) },
      add: { banned: new Set([userId]) },
    }),
  )

type Known = {
  /** Whether somebody who was banned in this room a while ago left one of the traces. */
  isTraced: boolean
  /** Whether the service refuses one of the networks. */
  isRefused: boolean
}

/**
 * What is known of somebody who comes, by the traces that they leave in the room and by their network, in one round
 * trip.
 */
export const knownBy = async (
  code: string,
  { traces, networks }: { traces: readonly string[]; networks: readonly string[] },
  now: number,
): Promise<Known> => {
  const items = await itemsTogether([
    ...networks.map(bannedNetworkKey),
    ...traces.map((trace) => traceKey(code, trace)),
  ])
  return {
    isRefused: isRefusedBy(items.slice(0, networks.length), now),
    isTraced: items.slice(networks.length).some((item) => item !== undefined && TraceItem.parse(item).until > now),
  }
}

/**
 * Forgets those of somebody whose ban is lifted, as long as their row is as it was read: those of a newer ban stay. So
 * does one that somebody else who is banned left as well.
 */
export const forgetTraces = async (code: string, member: Member): Promise<void> => {
  const { user_id, status_at } = member
  const isAsRead = checking(memberKey(code, user_id), equals('status_at', status_at))
  // One after the other: transactions at once would conflict at the member's row.
  for (const trace of tracesIn(member)) {
    const key = traceKey(code, trace)
    const taken = { takeOut: { banned: new Set([user_id]) }, when: holds('banned', user_id) }
    await writeTogether([isAsRead, updating(key, taken)])
    // Without its last value a set is gone. Functions before this did not note whose a trace is.
    await writeTogether([isAsRead, deleting(key, isMissing('banned'))])
  }
}
