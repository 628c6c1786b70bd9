import { Metrics } from '@aws-lambda-powertools/metrics'
import type { MiddlewareObj } from '@middy/core'
import { keepForStats } from '../metrics/live-stats.ts'
import { METRICS_NAMESPACE, STAGE_DIMENSION } from '../metrics/names.ts'
import { takeTally } from '../metrics/tally.ts'

const metrics = new Metrics({ namespace: METRICS_NAMESPACE })
// The library's own dimension is the function: each metric would become one for every function.
metrics.clearDefaultDimensions()

/**
 * Prints what the invocation counted, as one line in the embedded metric format: CloudWatch reads metrics out of the log,
 * so nothing is sent and nobody waits. An invocation that counted nothing prints nothing.
 * Used first, so that it runs last.
 */
export const metering = <Event, Result>({ STAGE }: { STAGE: string }): MiddlewareObj<Event, Result> => {
  const print = (): void => {
    const tally = takeTally()
    keepForStats(tally)
    const { counts, times, refusals } = tally
    if (counts.size === 0 && times.length === 0) return
    metrics.addDimension(STAGE_DIMENSION, STAGE)
    for (const [name, value] of counts) metrics.addMetric(name, 'Count', value)
    for (const { name, milliseconds } of times) metrics.addMetric(name, 'Milliseconds', milliseconds)
    // No metric of its own: whoever looks for one code asks the log.
    if (refusals.size > 0) metrics.addMetadata('refused', [...refusals.keys()].join(' '))
    metrics.publishStoredMetrics()
  }
  return { after: print, onError: print }
}
