/** How a line in the embedded metric format begins, as the functions' library writes it. */
const BEGINNING = '{"_aws":'

type Line = { _aws: { CloudWatchMetrics: { Metrics: { Name: string; Unit: string }[] }[] } } & Record<string, unknown>

const units: Record<string, string> = { Milliseconds: ' ms' }

/** The metrics of one line, for people: `metrics: CommandLastPost 12 ms, Posts 2`. */
const readable = (line: string): string => {
  const { _aws, ...values }: Line = JSON.parse(line)
  const metrics = _aws.CloudWatchMetrics.flatMap(({ Metrics }) => Metrics)
  return `metrics: ${metrics.map(({ Name, Unit }) => `${Name} ${values[Name]}${units[Unit] ?? ''}`).join(', ')}`
}

/**
 * A log without the lines that are meant for CloudWatch, because the functions' own line of each invocation says most
 * of it. Where they are asked for, they are shown as people read them.
 */
export const withMetrics =
  (log: (line: string) => void, isShown: boolean) =>
  (line: string): void => {
    if (!line.startsWith(BEGINNING)) log(line)
    else if (isShown) log(readable(line))
  }
