import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { basename } from 'node:path'
import { text } from 'node:stream/consumers'

type Command = { program: string; args: string[]; shell: boolean }

/** How to run npm: the copy that runs this script already, else the one in PATH, which is a batch file on Windows. */
export const npmCommand = (environment: Record<string, string | undefined>, platform: string): Command => {
  const running = environment.npm_execpath
  // Another package manager sets the same variable to itself.
  if (running !== undefined && /^npm(-cli)?\.c?js$/.test(basename(running)))
    return { program: process.execPath, args: [running], shell: false }
  return { program: 'npm', args: [], shell: platform === 'win32' }
}

/** Why npm failed, as its own code: E404, ENOTFOUND, EINTEGRITY. */
export class NpmError extends Error {
  readonly code: string
  constructor(code: string) {
    super(`npm failed: ${code}`)
    this.code = code
  }
}

const codeIn = (output: string): string => {
  const [, code] = /"code": "(\w+)"/.exec(output) ?? /npm error code (\w+)/.exec(output) ?? []
  return code ?? 'no code'
}

/**
 * Runs npm in `folder` with the settings that the user has: registry, proxy, cache. Arguments must be free of blanks.
 * @throws NpmError where npm fails
 */
export const runNpm = async (folder: string, args: string[]): Promise<string> => {
  const { program, args: before, shell } = npmCommand(process.env, process.platform)
  // Without a network, npm would try again for minutes.
  const patience = ['--fetch-retries=1', '--fetch-retry-mintimeout=1000']
  const child = spawn(program, [...before, ...args, '--json', ...patience], {
    cwd: folder,
    shell,
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  })
  const failed = once(child, 'error').then(([error]) => {
    throw new NpmError(error.code ?? 'no code')
  })
  const ended = Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  const [stdout, stderr, [exitCode]] = await Promise.race([ended, failed])
  if (exitCode !== 0) throw new NpmError(codeIn(stdout + stderr))
  return stdout
}
