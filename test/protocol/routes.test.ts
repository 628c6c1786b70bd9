import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { adminRoutes } from '../../functions/http/admin.ts'
import { apiRoutes } from '../../functions/http/api.ts'
import { authRoutes } from '../../functions/http/auth.ts'
import type { ServedRoute } from '../../functions/middleware/route.ts'
import type { HttpFunction } from '../../functions/middleware/services.ts'
import { selectRoute } from '../../local/http/routing.ts'
import { readApis } from '../../local/template/apis.ts'
import { createResolver } from '../../local/template/intrinsics.ts'
import { ClientEvent } from '../../protocol/client-events.ts'
import { socketRefusalCodes } from '../../protocol/refusal-codes.ts'
import { refusals } from '../../protocol/refusals.ts'
import { type RouteName, routes } from '../../protocol/routes.ts'
import { ServerEvent } from '../../protocol/server-events.ts'
import { readTemplate } from '../staging/stage.ts'

const root = join(import.meta.dirname, '..', '..')
const names = Object.keys(routes) as RouteName[]
const document = readFileSync(join(root, 'docs', 'protocol.md'), 'utf8')
const template = readTemplate()
const gateway = readApis(template, createResolver(template)).find((api) => api.protocol === 'HTTP')
const entries: Record<'Admin' | 'Auth' | 'Api', readonly Pick<ServedRoute<HttpFunction>, 'name'>[]> = {
  Admin: adminRoutes,
  Auth: authRoutes,
  Api: apiRoutes,
}

describe.each(names)('the route %s', (name) => {
  const { method, path } = routes[name]

  it('has a file of its name, which serves it and no other route', async () => {
    expect(existsSync(join(root, 'functions', 'http', `${name}.ts`))).toBe(true)
    const module: Record<string, unknown> = await import(join(root, 'functions', 'http', `${name}.ts`))
    const served = Object.values(module).filter(
      (one): one is Pick<ServedRoute<HttpFunction>, 'name'> =>
        typeof one === 'object' && one !== null && 'handle' in one,
    )
    expect(served.map((one) => one.name)).toEqual([name])
  })

  it('is served by exactly one entry, once', () => {
    const serving = Object.entries(entries).flatMap(([entry, served]) =>
      served.filter((one) => one.name === name).map(() => entry),
    )
    expect(serving).toHaveLength(1)
  })

  it('keeps in the audit what it decides about others', () => {
    const refusals: readonly string[] = routes[name].refusals
    const decides = method === 'POST' && ['not_host', 'not_admin'].some((code) => refusals.includes(code))
    const source = readFileSync(join(root, 'functions', 'http', `${name}.ts`), 'utf8')
    // See "Add a route" of CONTRIBUTING.md.
    if (decides) expect(source).toMatch(/\baudited\(/)
  })

  it.each([
    ['as it is', ''],
    ['with a trailing slash [H1]', '/'],
  ])('is led to that entry by the stack, %s', (_how, slash) => {
    const filled = path.replace(/\{\w+\}/g, 'AAAAAA')
    const match = selectRoute(gateway?.routes ?? [], method, `${filled}${slash}`)
    const entry = Object.entries(entries).find(([, served]) => served.some((one) => one.name === name))?.[0]
    expect(match?.route.functionName.replace(/^streamit-/, '').slice(0, -8)).toBe(entry)
  })

  it('is named in docs/protocol.md, with its method', () => {
    const named = new RegExp(`\`${method} ${path.slice('/api/'.length).replace(/[{}]/g, '\\$&')}[ \`?]`)
    expect(named.test(document)).toBe(true)
  })

  it('is below /api/, in lower case, named after its path', () => {
    expect(path).toMatch(/^\/api(\/([a-z]+(-[a-z]+)*|\{[a-z_]+\}))+(\.json)?$/)
    const [folder] = name.split('/')
    expect(path.startsWith(`/api/${folder}`)).toBe(true)
  })
})

it('no entry serves what the contract does not have', () => {
  const served = Object.values(entries).flatMap((list) => list.map((one) => one.name))
  expect([...served].sort()).toEqual([...names].sort())
})

describe('docs/protocol.md', () => {
  const rows = [...document.matchAll(/^\| `(\w+)` \| (\d{3}) \| (.+) \|$/gm)].map(([, code, status, sentence]) => [
    code,
    [Number(status), sentence],
  ])

  it('has every refusal, with its status and its sentence, and no other', () => {
    expect(Object.fromEntries(rows)).toEqual(refusals)
    expect(rows).toHaveLength(Object.keys(refusals).length)
  })

  it.each([...ClientEvent.options, ...ServerEvent.options].map((option) => option.shape.type.value))(
    'names the event %s',
    (type) => {
      expect(new RegExp(`\\b${type}\\b`).test(document)).toBe(true)
    },
  )

  it('names in X2 the codes of an ERROR, and no other', () => {
    const [, list = ''] = /^- \*\*\[X2\]\*\*.* Its codes are (.+?);/m.exec(document) ?? []
    expect([...list.matchAll(/`(\w+)`/g)].map(([, code]) => code)).toEqual(socketRefusalCodes)
  })

  it('numbers every rule once', () => {
    const rules = [...document.matchAll(/^- \*\*\[([A-Z]\d+)\]\*\*/gm)].map(([, rule]) => rule)
    expect(rules.length).toBeGreaterThan(50)
    expect(rules.filter((rule, index) => rules.indexOf(rule) !== index)).toEqual([])
  })
})

describe('every refusal', () => {
  const sources = readdirSync(join(root, 'functions'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join(root, 'functions', file), 'utf8'))
    .join('\n')
  const thrown = new Set([
    ...[...sources.matchAll(/new Refusal\(([^)]*)\)?/g)].flatMap(([, words = '']) =>
      [...words.matchAll(/'(\w+)'/g)].map(([, word]) => word),
    ),
    ...[...sources.matchAll(/\brefusals\.(\w+)\[/g)].map(([, word]) => word),
  ])

  it.each(Object.keys(refusals))('%s is used by some function', (code) => {
    expect([...thrown]).toContain(code)
  })

  it.each(names)('that %s declares is one of the list, once, and not one that every route has', (name) => {
    const declared: readonly string[] = routes[name].refusals
    expect(declared.filter((code) => !(code in refusals))).toEqual([])
    expect(new Set(declared).size).toBe(declared.length)
    const everywhere = ['invalid_json', 'invalid_field', 'too_large', 'unauthorized', 'not_found', 'fault']
    expect(declared.filter((code) => everywhere.includes(code))).toEqual([])
  })
})
