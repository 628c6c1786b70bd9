import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..', '..')

type Given = { env?: Record<string, string | undefined>; input?: string }

/** Runs a command of the repository as a process of its own, to its end: its status, and all that it printed. */
export const runCommand = async (file: string, args: readonly string[], { env = {}, input }: Given = {}) => {
  const child = spawn(process.execPath, [join(root, file), ...args], { env: { ...process.env, ...env } })
  if (input !== undefined) child.stdin.end(input)
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (data) => {
      output += data
    })
  const [code] = await once(child, 'close')
  return { code, output: output.trim() }
}
