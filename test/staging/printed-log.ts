/** One line of a function's log. */
type LogLine = { level: string; message: string } & Record<string, unknown>

/** Warnings and errors go to the second. */
const streams = [process.stdout, process.stderr]

/**
 * Collects the lines that functions log, instead of printing them. The test's environment has to switch them on before
 * the functions are loaded: `vi.stubEnv('POWERTOOLS_LOG_LEVEL', 'INFO')`.
 */
export const watchLog = () => {
  const lines: LogLine[] = []
  const restore = streams.map((stream) => {
    const { write } = stream
    stream.write = ((...args: Parameters<typeof write>) => {
      const [chunk] = args
      if (typeof chunk !== 'string' || !chunk.startsWith('{"level":')) return write.apply(stream, args)
      lines.push(JSON.parse(chunk))
      return true
    }) as typeof write
    return () => {
      stream.write = write
    }
  })
  return {
    lines,
    clear: () => {
      lines.length = 0
    },
    stop: () => {
      for (const one of restore) one()
    },
  }
}
