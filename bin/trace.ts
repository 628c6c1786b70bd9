import { existsSync, readFileSync } from 'node:fs'
import { SourceMap } from 'node:module'
import { parseArgs } from 'node:util'
import { sourceMapOf } from '../lib/source-maps.ts'

const USAGE = `Usage: npm run trace -- <file> [--function <name>]

Reads stacks of the minified functions, and says the lines of the sources instead. The file holds log lines as CloudWatch has
them, which name their function, or stacks alone, with --function. Synthesise the commit that is deployed first: npm run synth.`

class Mistake extends Error {}

const parse = () => {
  try {
    return parseArgs({ allowPositionals: true, options: { function: { type: 'string' } } })
  } catch {
    throw new Mistake(USAGE)
  }
}

const read = (file: string): string => {
  if (!existsSync(file)) throw new Mistake(`There is no file ${file}.`)
  return readFileSync(file, 'utf8')
}

const maps = new Map<string, SourceMap>()
const mapOf = (name: string): SourceMap => {
  const known = maps.get(name)
  if (known !== undefined) return known
  const file = sourceMapOf(name)
  if (!existsSync(file))
    throw new Mistake(
      `There is no source map of a function "${name}". Make them with npm run synth, at the commit that is deployed.`,
    )
  const map = new SourceMap(JSON.parse(readFileSync(file, 'utf8')))
  maps.set(name, map)
  return map
}

/** Of a bundle: where it lies, its line and its column, as stacks write them. */
const PLACE = /(?:file:\/\/)?[^\s()]*index\.mjs:(\d+):(\d+)/g

const traced = (stack: string, name: string): string =>
  stack.replace(PLACE, (place, line: string, column: string) => {
    // Stacks count from 1, maps from 0.
    const entry = mapOf(name).findEntry(Number(line) - 1, Number(column) - 1)
    if (!('originalSource' in entry)) return place
    const source = entry.originalSource.replace(/^(\.\.\/)+/, '')
    return `${source}:${entry.originalLine + 1}:${entry.originalColumn + 1}`
  })

type LogLine = { service?: unknown; timestamp?: unknown; requestId?: unknown; cause?: unknown; stack?: unknown }
const asLogLine = (text: string): LogLine | undefined => {
  try {
    const line: unknown = JSON.parse(text)
    return typeof line === 'object' && line !== null ? line : undefined
  } catch {
    return undefined
  }
}

/** The stacks of a log line: of its error, and of what caused that. */
const stacksIn = (value: unknown): string[] => {
  if (typeof value !== 'object' || value === null) return []
  const { stack, ...rest } = value as LogLine
  return [...(typeof stack === 'string' ? [stack] : []), ...Object.values(rest).flatMap(stacksIn)]
}

const told = (text: string, named: string | undefined): string => {
  const lines = text.split('\n').map((line) => ({ line, log: asLogLine(line) }))
  if (lines.every(({ log }) => log === undefined)) {
    if (named === undefined)
      throw new Mistake('A stack alone does not say of which function it is: name it with --function.')
    return traced(text, named).trimEnd()
  }
  return lines
    .flatMap(({ log }) => (log === undefined ? [] : [log]))
    .map((log) => {
      const name = named ?? String(log.service)
      const heading = [log.timestamp, name, log.requestId].filter(Boolean).join('  ')
      return [heading, ...stacksIn(log).map((stack) => traced(stack, name))].join('\n')
    })
    .join('\n\n')
}

try {
  const { values, positionals } = parse()
  const [file] = positionals
  if (file === undefined || positionals.length > 1) throw new Mistake(USAGE)
  console.log(told(read(file), values.function))
} catch (error) {
  if (!(error instanceof Mistake)) throw error
  console.error(error.message)
  process.exitCode = 1
}
