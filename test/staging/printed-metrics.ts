import { METRICS_NAMESPACE, STAGE_DIMENSION } from '../../functions/metrics/names.ts'

/** One line in the embedded metric format: its names with their units, and the values of each. */
export type PrintedLine = {
  _aws: {
    Timestamp: number
    CloudWatchMetrics: { Namespace: string; Dimensions: string[][]; Metrics: { Name: string; Unit: string }[] }[]
  }
} & Record<string, unknown>

/**
 * Collects the metrics that functions print, instead of printing them. The test's environment has to switch them on before
 * the functions are loaded: `vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'false')`.
 */
export const watchMetrics = () => {
  const lines: PrintedLine[] = []
  const { write } = process.stdout
  process.stdout.write = ((...args: Parameters<typeof write>) => {
    const [chunk] = args
    if (typeof chunk !== 'string' || !chunk.startsWith('{"_aws":')) return write.apply(process.stdout, args)
    lines.push(JSON.parse(chunk))
    return true
  }) as typeof write
  const valuesOf = (name: string): number[] =>
    lines.flatMap((line) => (line[name] === undefined ? [] : ([line[name]].flat() as number[])))
  return {
    lines,
    valuesOf,
    sumOf: (name: string): number => valuesOf(name).reduce((sum, value) => sum + value, 0),
    clear: () => {
      lines.length = 0
    },
    stop: () => {
      process.stdout.write = write
    },
  }
}

/** What CloudWatch makes of a line: the full names of its metrics. */
export const metricsIn = ({ _aws, ...fields }: PrintedLine): string[] =>
  _aws.CloudWatchMetrics.flatMap(({ Namespace, Dimensions, Metrics }) =>
    Metrics.map(({ Name }) => {
      const dimensions = Dimensions.map((names) => names.map((name) => `${name}=${fields[name]}`).join()).join(' and ')
      return `${Namespace} ${Name} ${dimensions}`
    }),
  )

export const fullNameOf = (name: string, stage: string): string =>
  `${METRICS_NAMESPACE} ${name} ${STAGE_DIMENSION}=${stage}`
