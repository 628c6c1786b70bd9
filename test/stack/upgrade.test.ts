import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { folderOf, versions } from '../compat/recorded.ts'
import { readTemplate } from '../staging/stage.ts'
import { type Indexes, indexesIn, type Lasting, lastingIn } from './lasting.ts'
import { stackWith } from './stack-with.ts'

const readFile = (version: string, file: string) => JSON.parse(readFileSync(join(folderOf(version), file), 'utf8'))
const read = (version: string): Lasting => readFile(version, 'stack.json')
const today = {
  'as it is': readTemplate(),
  'with a logging role of its own': stackWith({ apiGatewayLogRole: 'create' }).template,
  'with a domain and a web ACL': stackWith({
    domain: 'watch.example',
    certificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/4f1c-22',
    webAclArn: 'arn:aws:wafv2:us-east-1:111122223333:global/webacl/streamit/4f1c-22',
  }).template,
}

/** Left the stack on purpose. CloudFormation keeps what the deployed template retains, also where an update takes it out. */
const LEFT = ['RealtimeApiLogAccountAE83DA4A', 'RealtimeApiLogRole2B4BC340']

describe.each(versions)('a stack that was deployed at %s', (version) => {
  const then = read(version)

  it.each(Object.entries(today))(
    'is not made anew by an update, %s: tables, secret, APIs, distribution',
    (_how, template) => {
      const now = lastingIn(template)
      const staying = Object.entries(then).filter(([id]) => !LEFT.includes(id))
      expect(staying.length).toBeGreaterThan(6)
      for (const [id, { Type, Fixed }] of staying) expect(now[id], id).toMatchObject({ Type, Fixed })
      // No name is given where there was none: that would be another resource as well.
      for (const [id, { Fixed }] of staying) expect(Object.keys(now[id]?.Fixed ?? {}), id).toEqual(Object.keys(Fixed))
    },
  )

  it('loses nothing that is left behind: it was retained by the template that is deployed', () => {
    const gone = Object.keys(then).filter((id) => !(id in readTemplate().Resources))
    expect(gone.sort()).toEqual(LEFT)
    for (const id of gone) expect(then[id]?.DeletionPolicy, id).toBe('Retain')
  })

  it('keeps its logging role in the stack where the setting says so', () => {
    for (const id of LEFT)
      expect(lastingIn(today['with a logging role of its own'])[id]).toMatchObject({ DeletionPolicy: 'Retain' })
  })
})

describe('the indexes of the tables', () => {
  const recorded = versions.map((version): [string, Indexes] => [version, readFile(version, 'indexes.json')])
  const all: [string, Indexes][] = [...recorded, ['today', indexesIn(readTemplate())]]
  const updates = all.slice(1).map((after, index) => [all[index] as [string, Indexes], after] as const)

  it.each(updates)('%j to the next: none is changed, and each table gets one more at the most', ([, then], [, now]) => {
    expect(Object.keys(then).sort()).toEqual(Object.keys(now).sort())
    for (const [table, indexes] of Object.entries(then)) {
      expect(now[table]).toEqual(expect.arrayContaining(indexes))
      // CloudFormation makes one index in an update, and fails where it finds two.
      expect(now[table]?.length, table).toBeLessThanOrEqual(indexes.length + 1)
    }
  })
})
