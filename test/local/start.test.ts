import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { readStartOptions } from '../../local/start-options.ts'
import { startProcess } from './start-process.ts'
import { temporaryFolder } from './tiny-runtime.ts'

const takePort = async (host: string): Promise<string> => {
  const server = createServer().listen(0, host)
  onTestFinished(() => {
    server.close()
  })
  await once(server, 'listening')
  const address = server.address()
  return typeof address === 'object' && address !== null ? String(address.port) : ''
}

const addresses = ['127.0.0.1', '::1'].filter((address) =>
  Object.values(networkInterfaces()).some((each) => each?.some((one) => one.address === address)),
)

test.each(addresses)('a port taken on %s is one line, before anything is made', async (host) => {
  const folder = temporaryFolder()
  const port = await takePort(host)
  const { ended } = startProcess(folder, { port })
  expect(await ended).toEqual({
    code: 1,
    stdout: [],
    stderr: [`Port ${port} is taken: free it, or choose another with PORT=<number> npm start.`],
  })
  expect(existsSync(join(folder, '.streamit'))).toBe(false)
})

test('a PORT that is none is one line', async () => {
  const { ended } = startProcess(temporaryFolder(), { port: 'http' })
  expect(await ended).toEqual({
    code: 1,
    stdout: [],
    stderr: ['PORT must be a whole number from 0 to 65535, not "http".'],
  })
})

test('options are read, and wrong ones refused', () => {
  const plain = { port: 3000, fresh: false, faultFile: undefined, allowedOrigins: [], metrics: false }
  expect(readStartOptions([], {})).toEqual(plain)
  expect(readStartOptions(['--fresh', '--faults', 'f.json', '--metrics'], { PORT: '8080' })).toEqual({
    port: 8080,
    fresh: true,
    faultFile: 'f.json',
    allowedOrigins: [],
    metrics: true,
  })
  const origins = ['http://localhost:5173', 'https://watch.example']
  const named = origins.flatMap((origin) => ['--allow-origin', origin])
  expect(readStartOptions(named, {})).toEqual({ ...plain, allowedOrigins: origins })
  for (const wrong of ['localhost:5173', 'http://localhost:5173/', '*', 'http://a,http://b', ''])
    expect(() => readStartOptions(['--allow-origin', wrong], {})).toThrow(/^--allow-origin takes an origin such as/)
  for (const PORT of ['65536', '-1', '1.5', ' 80', '0x50'])
    expect(() => readStartOptions([], { PORT })).toThrow(/^PORT/)
  expect(() => readStartOptions(['--frsh'], {})).toThrow(/^Usage: npm start -- \[--fresh\]/)
})

test('a file of faults that is missing is one line', async () => {
  const folder = temporaryFolder()
  const { ended } = startProcess(folder, { args: ['--faults', 'missing.json'] })
  expect(await ended).toMatchObject({ code: 1, stdout: [], stderr: [expect.stringMatching(/^missing\.json cannot/)] })
})
