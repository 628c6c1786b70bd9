import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { countNames, timeNames } from '../functions/metrics/names.ts'
import { coreTable } from '../functions/table/schema.ts'
import { readSettings, Settings } from '../lib/settings.ts'
import manifest from '../package.json' with { type: 'json' }
import { files, root } from './repository.ts'

const documents = files.filter((file) => file.endsWith('.md'))
const tests = files.filter((file) => /^test\/.*\.ts$/.test(file))
const filesBelow = (folder: string): string[] => files.filter((file) => file.startsWith(`${folder}/`))
const read = (file: string): string => readFileSync(join(root, file), 'utf8')
const rowsOf = (document: string): Map<string, string> =>
  new Map([...document.matchAll(/^\| `([^`]+)` \| (.+) \|$/gm)].map(([, name = '', rest = '']) => [name, rest]))

describe('docs/operations.md', () => {
  const rows = rowsOf(read('docs/operations.md'))
  const defaults = Object.entries(readSettings({ stage: 'anything' }))

  it.each(Object.keys(Settings.shape))('explains the setting %s', (name) => {
    expect(rows.get(name)).toMatch(/\w{3}/)
  })

  it.each(defaults.filter(([name, value]) => name !== 'stage' && !Array.isArray(value)))(
    'gives the default of %s',
    (name, value) => {
      const [shown = ''] = (rows.get(name) ?? '').split(' | ')
      expect(shown.replaceAll('`', '').split(';')[0]).toBe(String(value))
    },
  )
})

describe('the metrics of docs/operations.md', () => {
  const rows = rowsOf(read('docs/operations.md'))

  it.each([...countNames, ...timeNames])('say what %s is', (name) => {
    expect(rows.get(name)).toMatch(/\w{3}/)
  })
})

describe('docs/table.md', () => {
  const document = read('docs/table.md')
  const sources = filesBelow('functions/table')
  /** The functions of a file that ask the table something under a condition, by the key or for several items at once. */
  const questionsIn = (file: string): string[] => {
    const functions = read(file).split(/^(?=export const |const )/m)
    const telling = functions.filter((text) =>
      /\bwhen:|KeyConditionExpression|itemsTogether\(|writeTogether\(/.test(text),
    )
    return telling.map((text) => /^export const (\w+)/.exec(text)?.[1]).filter((name) => name !== undefined)
  }
  // Those that say nothing about a race: they repeat what is so already.
  const plain = ['keepGuest', 'noteAccount', 'forgetEnded']

  /** What carries out a call, and what makes keys and conditions: they find and change nothing by themselves. */
  const means = ['change', 'client', 'conditions', 'keys', 'rights', 'schema'].map(
    (name) => `functions/table/${name}.ts`,
  )
  const asking = sources.filter((file) => !means.includes(file))

  it.each(asking)('names every condition and every query of %s', (file) => {
    const questions = questionsIn(file).filter((name) => !plain.includes(name))
    expect(questions.filter((name) => !document.includes(`\`${name}\``))).toEqual([])
  })

  it('is held against the questions that there are', () => {
    const questions = asking.flatMap(questionsIn)
    expect(questions.length).toBeGreaterThan(20)
    expect(plain.filter((name) => !questions.includes(name))).toEqual([])
  })

  it('names no function that is not there', () => {
    const all = sources.map(read).join('\n')
    const named = [...document.matchAll(/\| (`[a-z]\w+`(?:, `[a-z]\w+`)*) \|/g)].flatMap(([, cell = '']) =>
      [...cell.matchAll(/`(\w+)`/g)].map(([, name = '']) => name),
    )
    const functions = named.filter((name) => /[A-Z]/.test(name))
    expect(functions.length).toBeGreaterThan(20)
    expect(functions.filter((name) => !new RegExp(`\\b${name}\\b`).test(all))).toEqual([])
  })

  it('names the index', () => {
    expect(document).toContain(`\`${coreTable.indexes.roomsByActivity.name}\``)
  })
})

describe('docs/protocol.md', () => {
  const rules = [...read('docs/protocol.md').matchAll(/^- \*\*(\[[A-Z]\d+\])\*\*/gm)].map(([, rule = '']) => rule)
  const quoted = tests.map(read).join('\n')

  it('has numbered rules, each number once', () => {
    expect(rules.length).toBeGreaterThan(60)
    expect(rules).toEqual([...new Set(rules)])
  })

  it.each(rules)('has a test that quotes %s', (rule) => {
    expect(quoted).toContain(rule)
  })
})

describe('docs/decisions', () => {
  const [withReasons = '', absent = ''] = read('docs/decisions/dependencies.md')
    .split(/^## (?:Where|Not there).*$/m)
    .filter((part) => !part.includes('| package | where |'))
  const reasons = rowsOf(withReasons)
  const packages = Object.keys({
    ...manifest.dependencies,
    ...manifest.devDependencies,
    ...manifest.optionalDependencies,
  })

  it.each(packages)('gives a reason for %s', (name) => {
    expect(reasons.get(name)).toMatch(/\w{3}/)
  })

  it('gives no reason for a package that is not there', () => {
    const gone = [...rowsOf(absent).keys()]
    expect([...reasons.keys()].filter((name) => !packages.includes(name))).toEqual([])
    expect(gone.filter((name) => packages.includes(name))).toEqual([])
  })

  it.each(documents.filter((file) => /docs\/decisions\/\d/.test(file)))(
    '%s has a date, context, decision, consequences',
    (file) => {
      const [, number = ''] = /(\d{4})-/.exec(file) ?? []
      expect(read(file)).toMatch(
        new RegExp(
          `^# ${Number(number)}\\. .+\\n\\n\\d{4}-\\d{2}-\\d{2}\\n\\n## Context\\n[^]+\\n## Decision\\n[^]+\\n## Consequences\\n[^]+$`,
        ),
      )
    },
  )
})

describe('every document', () => {
  it.each(documents)('%s links only to what exists', (file) => {
    const links = [...read(file).matchAll(/\]\((?!https?:|mailto:|#)([^)#]+)(?:#[^)]*)?\)/g)].map(
      ([, link = '']) => link,
    )
    expect(links.filter((link) => !existsSync(join(root, dirname(file), link)))).toEqual([])
  })
})
