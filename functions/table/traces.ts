import * as z from 'zod'
import { allOf } from './all-of.ts'
import { putting, remove } from './change.ts'
import { itemsTogether } from './client.ts'
import { bannedNetworkKey, traceKey } from './keys.ts'
import { isRefusedBy } from './service.ts'

const TraceItem = z.object({ until: z.number() })

/** Traces of somebody who is banned, and until when, epoch milliseconds, new guests under them wait for the host. */
export type Noted = { traces: readonly string[]; until: number }

/** To note them, as parts of the transaction that bans. */
export const notingTraces = (code: string, { traces, until }: Noted) =>
  traces.map((trace) => putting(traceKey(code, trace), { until, ttl: Math.floor(until / 1000) }))

type Known = {
  /** Whether somebody who was banned in this room a while ago left one of the traces. */
  isTraced: boolean
  /** Whether the service refuses one of the networks. */
  isRefused: boolean
}

/** What is known of somebody who comes, by the traces that they leave in the room and by their network, in one round trip. */
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

/** Forgets them: the ban is lifted. */
export const forgetTraces = async (code: string, traces: readonly string[]): Promise<void> => {
  await allOf(traces.map((trace) => remove(traceKey(code, trace))))
}
