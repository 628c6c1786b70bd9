import * as z from 'zod'
import { allOf } from './all-of.ts'
import { putting, remove } from './change.ts'
import { itemsTogether } from './client.ts'
import { traceKey } from './keys.ts'

const TraceItem = z.object({ until: z.number() })

/** Traces of somebody who is banned, and until when, epoch milliseconds, new guests under them wait for the host. */
export type Noted = { traces: readonly string[]; until: number }

/** To note them, as parts of the transaction that bans. */
export const notingTraces = (code: string, { traces, until }: Noted) =>
  traces.map((trace) => putting(traceKey(code, trace), { until, ttl: Math.floor(until / 1000) }))

/** Whether somebody who was banned in this room a while ago left one of these traces. */
export const isTraced = async (code: string, traces: readonly string[], now: number): Promise<boolean> => {
  const items = await itemsTogether(traces.map((trace) => traceKey(code, trace)))
  return items.some((item) => item !== undefined && TraceItem.parse(item).until > now)
}

/** Forgets them: the ban is lifted. */
export const forgetTraces = async (code: string, traces: readonly string[]): Promise<void> => {
  await allOf(traces.map((trace) => remove(traceKey(code, trace))))
}
