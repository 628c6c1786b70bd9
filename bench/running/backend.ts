import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import pLimit from 'p-limit'
import { createApi } from '../../client/index.ts'

export type Backend = { url: string; close: () => Promise<void> }
export type Member = { id: string; name: string; token: string }

const CALLS_AT_ONCE = 20

const root = join(import.meta.dirname, '..', '..')

/** `npm start` in a process of its own, as a person has it: what it computes does not hold up the links or the clock. */
export const startBackend = async (): Promise<Backend> => {
  mkdirSync(join(root, '.build'), { recursive: true })
  const folder = mkdtempSync(join(root, '.build', 'bench-'))
  const child = spawn(process.execPath, [join(root, 'local', 'start.ts'), '--fresh'], {
    cwd: folder,
    env: { ...process.env, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  const close = async () => {
    child.kill('SIGTERM')
    await exited
    rmSync(folder, { recursive: true, force: true })
  }
  process.once('exit', () => child.kill('SIGKILL'))
  for await (const line of createInterface({ input: child.stdout })) {
    const [, url] = /^ +Web +(http:\S+)\/$/.exec(line) ?? []
    if (url === undefined) continue
    // Nobody reads on, and a full pipe would stop the runtime.
    child.stdout.resume()
    return { url, close }
  }
  await close()
  throw new Error('The local runtime ended before it was ready.')
}

/** A room with this video, its host first, then its members. */
export const makeRoom = async (url: string, media: string, names: string[]) => {
  const arrive = async (name: string) => {
    const api = createApi({ origin: url })
    const { id, access_token } = await api.call('auth/guest', { display_name: name })
    return { api, member: { id, name, token: access_token } satisfies Member }
  }
  // The local runtime serves all calls in one process.
  const limit = pLimit(CALLS_AT_ONCE)
  const [host, ...others] = await Promise.all(names.map((name) => limit(() => arrive(name))))
  if (host === undefined) throw new Error('A room needs a host.')
  const { code } = await host.api.call('rooms/create', {
    is_private: false,
    media: { url: media, title: null, duration: 180 },
  })
  await Promise.all(others.map(({ api }) => limit(() => api.call('rooms/join', { code }))))
  return { code, members: [host, ...others].map(({ member }) => member) }
}
