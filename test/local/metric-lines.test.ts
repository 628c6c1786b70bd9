import { afterEach, expect, it, vi } from 'vitest'
import { withMetrics } from '../../local/metric-lines.ts'
import { watchMetrics } from '../staging/printed-metrics.ts'

vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'false')
const printed = watchMetrics()
afterEach(() => printed.stop())

it('lines for CloudWatch stay out of the log, and are shown for people where that is asked for', async () => {
  const { metering } = await import('../../functions/middleware/metering.ts')
  const { count, time } = await import('../../functions/metrics/tally.ts')
  count('Posts', 2)
  time('CommandLastPost', 12)
  const { after } = metering({ STAGE: 'prod' })
  await after?.({ event: {}, context: {}, response: null, error: null, internal: {} } as never)
  const [line] = printed.lines.map((one) => JSON.stringify(one))

  const plain: string[] = []
  const full: string[] = []
  for (const one of ['{"message":"done"}', line ?? '']) {
    withMetrics((text) => plain.push(text), false)(one)
    withMetrics((text) => full.push(text), true)(one)
  }
  expect(plain).toEqual(['{"message":"done"}'])
  expect(full).toEqual(['{"message":"done"}', 'metrics: Posts 2, CommandLastPost 12 ms'])
})
