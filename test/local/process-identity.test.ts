import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, onTestFinished, test, vi } from 'vitest'
import { identityOf, startTimeReader } from '../../local/process-identity.ts'

test.each([
  ['linux', 'proc'],
  ['darwin', 'ps'],
  ['freebsd', 'ps'],
  ['win32', 'powershell'],
])('%s is asked through %s', (platform, reader) => {
  expect(startTimeReader(platform)).toBe(reader)
})

const sleeper = async () => {
  const child = spawn(process.execPath, ['--eval', 'setInterval(() => {}, 1_000)'], { stdio: 'ignore' })
  onTestFinished(() => void child.kill('SIGKILL'))
  await once(child, 'spawn')
  return child
}

const readers =
  process.platform === 'win32' ? (['powershell'] as const) : ([startTimeReader(process.platform), 'ps'] as const)

test.each(readers)(
  'through %s a process is the same as long as it lives, in every language and time zone',
  async (reader) => {
    const child = await sleeper()
    const { pid = 0 } = child
    const identity = identityOf(pid, reader)
    expect(identity).toMatch(new RegExp(`^${pid} \\S`))
    vi.stubEnv('TZ', 'Asia/Tokyo')
    vi.stubEnv('LC_ALL', 'de_DE.UTF-8')
    onTestFinished(() => void vi.unstubAllEnvs())
    expect(identityOf(pid, reader)).toBe(identity)
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect(identityOf(pid, reader)).toBe('gone')
  },
)

test('where a system has no way to tell, the process id alone counts', () => {
  const other = process.platform === 'win32' ? 'proc' : 'powershell'
  expect(identityOf(process.pid, other)).toBe(String(process.pid))
})
