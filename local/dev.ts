import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { watch } from 'node:fs'
import { join } from 'node:path'
import { checkPort } from './public-port.ts'
import { readStartOptions } from './start-options.ts'

// `npm run dev`: Vite serves the pages as they are written. `npm start` runs behind it, and starts anew when one of its
// sources changes.

const root = join(import.meta.dirname, '..')
const RESTARTED_FOR = ['functions', 'lib', 'local', 'protocol']
/** Editors save several files, and one file in several steps. */
const SETTLE_MS = 200

const { port, fresh, allowedOrigins } = readStartOptions(process.argv.slice(2), process.env)
const runtimePort = await checkPort(0)

const startRuntime = (args: string[]): ChildProcess =>
  spawn(process.execPath, [join(root, 'local', 'start.ts'), ...args], {
    env: { ...process.env, PORT: String(runtimePort) },
    // Its addresses are not those to open.
    stdio: ['ignore', 'ignore', 'inherit'],
  })

const end = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exit = once(child, 'exit')
  child.kill('SIGTERM')
  await exit
}

const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
const pages = spawn(process.execPath, [vite, join(root, 'web'), '--port', String(port), '--strictPort'], {
  env: { ...process.env, RUNTIME_PORT: String(runtimePort) },
  stdio: ['ignore', 'inherit', 'inherit'],
})
const origins = allowedOrigins.flatMap((origin) => ['--allow-origin', origin])
let runtime = startRuntime([...origins, ...(fresh ? ['--fresh'] : [])])
let restarting = Promise.resolve()
let isStopping = false

const restart = async () => {
  await end(runtime)
  if (isStopping) return
  console.log('Changed: the functions start anew.')
  // Never fresh: a change of a line must not sign everybody out.
  runtime = startRuntime(origins)
}
let timer: NodeJS.Timeout | undefined
const changed = () => {
  clearTimeout(timer)
  timer = setTimeout(() => {
    restarting = restarting.then(restart)
  }, SETTLE_MS)
}
for (const folder of RESTARTED_FOR) watch(join(root, folder), { recursive: true }, changed)

const stop = async (exitCode: number) => {
  if (isStopping) return
  isStopping = true
  clearTimeout(timer)
  await Promise.all([end(pages), restarting])
  await end(runtime)
  process.exit(exitCode)
}
process.once('SIGINT', () => stop(0))
process.once('SIGTERM', () => stop(0))
// Without pages there is nothing to open: its port is taken, say.
pages.once('exit', (code) => stop(code ?? 0))
