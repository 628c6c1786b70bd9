import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { watchdogCommand } from '../../local/emulator/guard.ts'
import { identityOf } from '../../local/process-identity.ts'
import { root } from '../repository.ts'

test.each([
  ['linux', '/bin/sh'],
  ['darwin', '/bin/sh'],
  ['win32', process.execPath],
])('on %s the watchdog is %s', (platform, program) => {
  const command = watchdogCommand(platform, 42)
  expect(command.program).toBe(program)
  expect(command.args.at(-1)).toBe('42')
})

/** A process that starts another, which sleeps, and guards it in the way of `platform`. */
const startGuarding = async (platform: string): Promise<{ owner: ChildProcess; guarded: number }> => {
  const code = `
    import { spawn } from 'node:child_process'
    import { guard } from ${JSON.stringify(pathToFileURL(join(root, 'local', 'emulator', 'guard.ts')).href)}
    const child = spawn(process.execPath, ['--eval', 'setInterval(() => {}, 1_000)'], { detached: true, stdio: 'ignore' })
    guard(child, ${JSON.stringify(platform)})
    console.log(child.pid)`
  const owner = spawn(process.execPath, ['--input-type=module', '--eval', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = await once(createInterface({ input: owner.stdout }), 'line')
  const guarded = Number(line)
  onTestFinished(() => {
    owner.kill('SIGKILL')
    if (identityOf(guarded) !== 'gone') process.kill(guarded, 'SIGKILL')
  })
  return { owner, guarded }
}

// The way of Windows works on every system, so it is seen here as well.
test.each([process.platform, 'win32'])(
  'in the way of %s, what is guarded ends with a killed owner',
  async (platform) => {
    const { owner, guarded } = await startGuarding(platform)
    expect(identityOf(guarded)).not.toBe('gone')
    owner.kill('SIGKILL')
    await expect.poll(() => identityOf(guarded), { timeout: 10_000 }).toBe('gone')
  },
)
