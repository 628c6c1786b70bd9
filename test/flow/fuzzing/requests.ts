import { type RouteName, routes } from '../../../protocol/routes.ts'
import { damage, inflate, integer, junk, mutate, pick, type Random } from './junk.ts'

export type FuzzRequest = { method: string; path: string; body?: string; headers: Record<string, string> }

/** Not called with a body of theirs: bcrypt would be all that the run does. See {@link rarely}. */
const COSTLY: readonly RouteName[] = ['auth/login', 'auth/register', 'auth/password', 'auth/reset']
/** They end the caller's own token, and with it the reach of everything after. */
const FINAL: readonly RouteName[] = ['auth/logout', 'auth/delete']

const names = (Object.keys(routes) as RouteName[]).filter((name) => !FINAL.includes(name))
const rarely = (random: Random, name: RouteName): boolean => !COSTLY.includes(name) || random() < 0.05

const plausible = (random: Random, code: string): Record<string, unknown> => ({
  code,
  room_id: code,
  user_id: pick(random, ['nobody', '', 'a'.repeat(64), '../x']),
  display_name: 'Fuzz',
  email: 'fuzz@example.com',
  password: 'not the password',
  current: 'not the password',
  new: 'neither is this',
  is_private: random() < 0.5,
  is_listed: random() < 0.5,
  entry_mode: pick(random, ['PASSWORD', 'APPROVAL', null]),
  media: { url: pick(random, ['https://v.example/a.mp4', 'javascript:alert(1)', 'https://u:p@v.example/']) },
  seconds: pick(random, [1, 0, -1, 1e308]),
  cursor: pick(random, ['', 'AAAA', 'MDAwMDAwMDAwMDAwMDAxI0FBQUFBQQ', '%', 'x'.repeat(512)]),
  before: '01ARZ3NDEKTSV4RRFFQ69G5FAV',
})

const bodyOf = (random: Random, fields: Record<string, unknown>): string => {
  const choice = random()
  if (choice < 0.15) return JSON.stringify(fields)
  if (choice < 0.6) return JSON.stringify(mutate(random, fields))
  if (choice < 0.75) return damage(random, JSON.stringify(fields))
  if (choice < 0.95) return JSON.stringify(junk(random)) ?? ''
  return inflate(random, integer(random, 80 * 1024))
}

// An object of junk may have a toString of its own.
const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

// A longer address is refused by the platform, in its own form.
const short = (text: string): string => text.slice(0, 60).toWellFormed()

const queryOf = (random: Random, fields: Record<string, unknown>): string => {
  const chosen = Object.entries(mutate(random, fields)).filter(() => random() < 0.5)
  return new URLSearchParams(
    chosen.map(([name, value]): [string, string] => [short(name), short(asText(value))]),
  ).toString()
}

const headersOf = (random: Random, token: string): Record<string, string> => {
  const authorization = pick(random, [token, token, token, token, damage(random, token), `${token}.x`, 'null', ''])
  return {
    ...(random() < 0.9 && { authorization: `Bearer ${authorization.replace(/[^\x21-\x7e]/g, '?')}` }),
    'content-type': pick(random, [
      'application/json',
      'text/plain',
      'multipart/form-data',
      'application/json; charset=x',
    ]),
  }
}

/** A request to a route of the contract, or nearly, on behalf of whoever the token speaks for. */
export const fuzzRequest = (random: Random, code: string, token: string): FuzzRequest => {
  const name = pick(
    random,
    names.filter((one) => rarely(random, one)),
  )
  const { method, path } = routes[name]
  const filled = path.replace(/\{\w+\}/g, () =>
    pick(random, [code, 'AAAAAA', '%', '%ff', 'a%2Fb', encodeURIComponent('😀')]),
  )
  const fields = plausible(random, code)
  const wanted = random() < 0.97 ? filled : `${filled}/${encodeURIComponent(short(asText(junk(random))))}`
  const headers = headersOf(random, token)
  if (method === 'GET') return { method, path: `${wanted}/?${queryOf(random, fields)}`, headers }
  return { method, path: wanted, body: bodyOf(random, fields), headers }
}
