import { join } from 'node:path'
import { createTables, startDynamoDb } from './dynamodb.ts'
import { readFaultFile } from './fault-file.ts'
import { withMetrics } from './metric-lines.ts'
import { checkPort, isTaken } from './public-port.ts'
import { type Runtime, startRuntime } from './runtime.ts'
import { readStartOptions, type StartOptions } from './start-options.ts'
import { openStateFolder } from './state-folder.ts'
import { readTables } from './template/tables.ts'

// `npm start`: the whole of StreamIt on this machine.

const began = performance.now()
const cleanups: (() => Promise<void> | void)[] = []

const stop = async (exitCode: number): Promise<never> => {
  try {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
  } finally {
    process.exit(exitCode)
  }
}

const fail = (error: unknown): Promise<never> => {
  // What we throw ourselves says in one sentence what to do; anything else is a fault, and its origin matters.
  const expected = error instanceof Error && error.constructor === Error
  console.error(expected ? error.message : error)
  return stop(1)
}

const withTakenPort = async <Result>(port: number, work: () => Promise<Result>): Promise<Result> => {
  try {
    return await work()
  } catch (error) {
    if (!isTaken(error)) throw error
    throw new Error(`Port ${port} is taken: free it, or choose another with PORT=<number> npm start.`)
  }
}

const start = async ({ port, fresh, faultFile, allowedOrigins, metrics }: StartOptions): Promise<Runtime> => {
  const turnOn = faultFile === undefined ? undefined : readFaultFile(faultFile)
  // Before the seconds of synthesis, and before anything of an earlier start is touched.
  await withTakenPort(port, () => checkPort(port))
  const state = openStateFolder(join(process.cwd(), '.streamit'))
  cleanups.push(state.release)
  if (fresh) state.clear()

  const starting = startDynamoDb({ databaseFile: state.databaseFile })
  // Awaited below; failing while synthesis keeps this thread busy is no unhandled failure.
  starting.catch(() => {})
  const { synthesise } = await import('./synthesise.ts')
  const { template, assets } = synthesise({ context: allowedOrigins.length > 0 ? { allowedOrigins } : {} })
  const dynamodb = await starting
  cleanups.push(dynamodb.close)
  await createTables(dynamodb.endpoint, template, { emptyDisposable: true })

  const log = withMetrics(console.log, metrics)
  const options = { template, assets, dynamodb: dynamodb.endpoint, port, stateFolder: state.path, log }
  const runtime = await withTakenPort(port, () => startRuntime(options))
  cleanups.push(runtime.close)
  turnOn?.(runtime.faults)
  const core = readTables(template).find((table) => !table.disposable)
  state.announce({ dynamodb: runtime.dynamodb, coreTable: core?.name ?? '', url: runtime.url, pid: process.pid })
  return runtime
}

const report = (runtime: Runtime): void => {
  const webSocket = runtime.url.replace('http', 'ws')
  console.log(`StreamIt is ready after ${((performance.now() - began) / 1000).toFixed(1)} s.`)
  console.log(`  Web        ${runtime.url}/`)
  console.log(`  HTTP API   ${runtime.url}/api/`)
  console.log(`  WebSocket  ${webSocket}/ws/room/<code>/?token=<JWT>`)
  console.log(`             ${webSocket}/${runtime.stage}?room=<code>&token=<JWT>`)
  console.log('Ctrl-C stops it.')
}

process.once('SIGINT', () => stop(0))
process.once('SIGTERM', () => stop(0))
process.once('uncaughtException', fail)
process.once('unhandledRejection', fail)
try {
  report(await start(readStartOptions(process.argv.slice(2), process.env)))
} catch (error) {
  await fail(error)
}
