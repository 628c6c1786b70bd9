import { execFile, spawn } from 'node:child_process'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core'
import { publint } from 'publint'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { PROTOCOL_VERSION } from '../../protocol/version.ts'
import { root } from '../repository.ts'
import { setUpStage } from '../staging/set-up-stage.ts'
import { examplesOf, installClient } from './installed-package.ts'

const stage = setUpStage()
let folder: string
let tarball: string

beforeAll(async () => {
  ;({ folder, tarball } = await installClient())
}, 180_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const installed = (...path: string[]): string => join(folder, 'node_modules', '@streamit', 'client', ...path)
const run = promisify(execFile)

describe('@streamit/client, installed from its tarball', () => {
  it('has the version of StreamIt, nothing to fetch, and no file of the repository but what it needs', () => {
    const { version, dependencies } = JSON.parse(readFileSync(installed('package.json'), 'utf8'))
    expect({ version, dependencies }).toEqual({ version: manifest.version, dependencies: undefined })
    expect(readdirSync(installed()).sort()).toEqual(['LICENSE', 'README.md', 'dist', 'package.json'])
    expect(readdirSync(join(folder, 'node_modules', '@streamit'))).toEqual(['client'])
  })

  it('is what its package.json says', async () => {
    const { messages } = await publint({ pkgDir: installed(), strict: true, pack: false })
    expect(messages).toEqual([])
  })

  it('has types that are found by every kind of project that can load it', async () => {
    const analysis = await checkPackage(createPackageFromTarballData(readFileSync(tarball)))
    if (analysis.types === false) throw new Error('There are no types in it.')
    // It is a module: `require` of old kinds and Node 10 do not load it.
    const problems = analysis.problems.filter(
      (problem) => !('resolutionKind' in problem) || !['node10', 'node16-cjs'].includes(problem.resolutionKind),
    )
    expect(problems).toEqual([])
  })

  it('has whole types without any schema library', async () => {
    const source = `import { createApi, joinRoom, type RoomState } from '@streamit/client'
const api = createApi({ origin: 'http://localhost:3000' })
const { code }: { code: string } = await api.call('rooms/create', { is_private: false })
const room = await joinRoom({ api, code })
const state: RoomState = room.store.get()
const title: string | null | undefined = state.media?.title
const names: string[] = state.people.list.map(({ name }) => name)
console.log(title, names, state.messages[0]?.message.length)
// @ts-expect-error: a number is no code
await api.call('rooms/join', { code: 7 })
// @ts-expect-error: there is no such call
await api.call('rooms/explode', {})
`
    writeFileSync(join(folder, 'typed.ts'), source)
    const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
    const options = [
      '--noEmit',
      '--strict',
      '--module',
      'nodenext',
      '--target',
      'es2022',
      '--lib',
      'es2022,dom',
      '--types',
      '',
    ]
    const { stdout } = await run(process.execPath, [tsc, ...options, 'typed.ts'], { cwd: folder }).catch(
      (error) => error,
    )
    expect(stdout).toBe('')
  }, 60_000)

  it('says in its README which protocol this version speaks', () => {
    const rows = readFileSync(installed('README.md'), 'utf8').matchAll(/^\| (\d+\.\d+) \| (\d+) \|$/gm)
    const spoken = new Map([...rows].map(([, version = '', protocol]) => [version, Number(protocol)]))
    expect(spoken.get(manifest.version.split('.').slice(0, 2).join('.'))).toBe(PROTOCOL_VERSION)
  })

  it('runs the bot of its README: it greets who comes, and tells where the video is', async () => {
    const { code, host } = await stage.room()
    const ana = await stage.enter(code, host)
    ana.send({ type: 'PAUSE', time: 42 })
    await ana.next('PAUSE')
    writeFileSync(join(folder, 'bot.mjs'), examplesOf(installed('README.md')).js)
    const bot = spawn(process.execPath, ['bot.mjs', stage.runtime.url, code], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    onTestFinished(() => {
      bot.kill()
    })
    const errors: string[] = []
    bot.stderr.on('data', (data) => errors.push(String(data)))
    await ana.next('USER_JOINED', ({ user }) => user === 'Bot')
    // Nobody tells when the bot has been greeted.
    await stage.settled()
    const bo = await stage.member(code, 'Bo')
    await stage.enter(code, bo)
    await ana.next('CHAT_MESSAGE', ({ message }) => message === 'Hello, Bo!')
    ana.send({ type: 'CHAT_MESSAGE', message: '!time' })
    await ana.next('CHAT_MESSAGE', ({ message }) => message === 'We are at 42 s.')
    expect(errors).toEqual([])
  }, 40_000)
})
