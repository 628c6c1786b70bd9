import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { onTestFinished } from 'vitest'

const local = join(import.meta.dirname, '../../local')

type Ended = { code: number | null; stdout: string[]; stderr: string[] }

type Given = { script?: 'start.ts' | 'dev.ts'; port?: string; args?: string[] }

/** `npm start`, or `npm run dev`, in a folder of the test's own: it keeps its state where it is started. */
export const startProcess = (folder: string, { script = 'start.ts', port = '0', args = [] }: Given = {}) => {
  const child: ChildProcess = spawn(process.execPath, [join(local, script), ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH ?? '', PORT: port },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  const stdout: string[] = []
  const stderr: string[] = []
  const ended: Promise<Ended> = once(child, 'close').then(([code]) => ({ code, stdout, stderr }))
  const ready = new Promise<void>((resolve, reject) => {
    if (child.stdout === null || child.stderr === null) return reject(new Error('The process has no output.'))
    createInterface({ input: child.stderr }).on('line', (line) => stderr.push(line))
    createInterface({ input: child.stdout }).on('line', (line) => {
      stdout.push(line)
      if (line.startsWith('Ctrl-C') || line.includes('Local:')) resolve()
    })
    child.once('exit', () => reject(new Error(`It ended before it was ready: ${stderr.join('\n')}`)))
  })
  // Not every test waits for it.
  ready.catch(() => {})
  return { child, ready, ended, stdout }
}

/** Of every process its id and its command line: from /proc, or from ps where there is none. One that has ended has no line. */
const commandLines = (): [pid: number, command: string][] => {
  if (!existsSync('/proc/self/cmdline')) {
    const lines = execFileSync('ps', ['-axww', '-o', 'pid=,args='], { encoding: 'utf8' }).trim().split('\n')
    return lines.map((line) => [Number.parseInt(line, 10), line.trim().replace(/^\d+ /, '')])
  }
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        return [[Number(pid), readFileSync(`/proc/${pid}/cmdline`, 'utf8')]]
      } catch {
        return []
      }
    })
}

/** Emulators that keep their data in `folder` and have not ended; one whose end nobody has noticed yet has ended all the same. */
export const emulatorsIn = (folder: string): number[] =>
  commandLines()
    .filter(([, command]) => command.includes('dynoxide') && command.includes(folder) && !command.startsWith('/bin/sh'))
    .map(([pid]) => pid)
