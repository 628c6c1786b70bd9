import { readFileSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import { functionEntries } from '../lib/bundle.ts'
import { files, importsIn, root, sources, tableBelow } from './repository.ts'

const layers = tableBelow('docs/architecture.md', '| folder | may import |')
const packages = tableBelow('docs/decisions/dependencies.md', '| package | where |')
const within = (path: string, folder: string): boolean => path === folder || path.startsWith(`${folder}/`)
const longest = (rows: Iterable<string>, path: string): string | undefined =>
  [...rows].filter((row) => within(path, row)).sort((a, b) => b.length - a.length)[0]

const imports = sources.flatMap((file) =>
  importsIn(readFileSync(join(root, file), 'utf8')).map((specifier) => ({ file, specifier })),
)
const edges = imports
  .filter(({ specifier }) => specifier.startsWith('.'))
  .map(({ file, specifier }) => ({ file, target: relative(root, join(root, dirname(file), specifier)) }))
const uses = imports.filter(({ specifier }) => !specifier.startsWith('.'))

const allowed = (file: string, target: string): boolean => {
  const own = longest(layers.keys(), file)
  if (own === undefined) return false
  if (longest(layers.keys(), target) === own) return true
  return (layers.get(own) ?? []).some((row) => row === 'anything' || within(target, row))
}

const free = (file: string): boolean => layers.get(longest(layers.keys(), file) ?? '')?.includes('anything') === true
const rowOf = (specifier: string): string | undefined =>
  [...packages.keys()].find((name) =>
    name.endsWith('*') ? specifier.startsWith(name.slice(0, -1)) : within(specifier, name),
  )
const inPlace = (file: string, specifier: string): boolean => {
  const row = rowOf(specifier)
  if (row !== 'aws-cdk-lib' && free(file)) return true
  return row !== undefined && (packages.get(row) ?? []).some((folder) => within(file, folder))
}

describe('the reading of imports', () => {
  it('sees every form', () => {
    const source = [
      "import { a } from './a.ts'",
      "import type { b } from './b.ts'",
      "import {\n  c,\n} from './c.ts'",
      "import './d.ts'",
      "export * from './e.ts'",
      // In two pieces: this file is read as well.
      `  const f = await import${"('./f.ts')"}`,
      "import g from './g.json' with { type: 'json' }",
    ].join('\n')
    expect(
      importsIn(source)
        .map((one) => one.charAt(2))
        .sort()
        .join(''),
    ).toBe('abcdefg')
  })

  it('finds the repository, and both tables', () => {
    expect(edges.length).toBeGreaterThan(300)
    expect(layers.get('functions/domain')).toEqual(['protocol'])
    expect(packages.get('jose')).toEqual(['functions/auth'])
  })

  it('would catch an edge that the table does not have', () => {
    expect(allowed('functions/domain/room.ts', 'functions/table/rooms.ts')).toBe(false)
    expect(allowed('functions/middleware/route.ts', 'functions/table/rooms.ts')).toBe(false)
    expect(allowed('functions/ws/chat.ts', 'functions/ws/socket.ts')).toBe(true)
    expect(inPlace('functions/domain/room.ts', '@aws-sdk/client-dynamodb')).toBe(false)
    expect(inPlace('test/flow/chat.test.ts', 'aws-cdk-lib/assertions')).toBe(false)
  })
})

describe('who may import whom', () => {
  it('holds for every import between folders', () => {
    const wrong = edges.filter(({ file, target }) => !allowed(file, target))
    expect(wrong.map(({ file, target }) => `${file} imports ${target}`)).toEqual([])
  })

  it('holds for every import of a package', () => {
    const wrong = uses.filter(({ file, specifier }) => !inPlace(file, specifier))
    expect(wrong.map(({ file, specifier }) => `${file} imports ${specifier}`)).toEqual([])
  })

  it('names a row for every folder with sources', () => {
    const folders = [...new Set(sources.map((file) => file.split('/')[0] ?? ''))]
    expect(folders.filter((folder) => ![...layers.keys()].some((row) => within(row, folder)))).toEqual([])
  })

  it('imports only what exists', () => {
    expect(edges.filter(({ target }) => !files.includes(target))).toEqual([])
  })
})

describe('the handlers of HTTP and of sockets', () => {
  const handlers = ['functions/http', 'functions/ws']

  it('are imported by nobody but the entries and tests', () => {
    const importers = edges.filter(({ file, target }) =>
      handlers.some((folder) => within(target, folder) && !within(file, folder)),
    )
    expect(importers.filter(({ file }) => !within(file, 'test') && !within(file, 'functions/entries'))).toEqual([])
    // Each other neither.
    expect(edges.some(({ file, target }) => within(file, 'functions/ws') && within(target, 'functions/http'))).toBe(
      false,
    )
  })
})

describe('functions/entries', () => {
  it('is entered by the bundler alone, by paths that exist', () => {
    expect(Object.values(functionEntries).filter((entry) => !files.includes(entry))).toEqual([])
    const importers = edges.filter(
      ({ file, target }) => within(target, 'functions/entries') && !within(file, 'functions/entries'),
    )
    expect(importers.filter(({ file }) => !within(file, 'test'))).toEqual([])
  })

  it('is the one place of functions/ that reads the environment', () => {
    const reading = sources
      .filter((file) => within(file, 'functions'))
      .filter((file) => /process\.env|node:process/.test(readFileSync(join(root, file), 'utf8')))
    expect(reading).toEqual(['functions/entries/cold-start.ts'])
  })
})

describe('a file', () => {
  const held = ['bin', 'lib', 'protocol', 'functions', 'client', 'web', 'local']
  /** Sentences, and what is generated: nobody reads these from the top to the bottom. */
  const isFree = (file: string): boolean =>
    /^web\/.*\bstrings\//.test(file) || file === 'functions/domain/look-alikes.ts'
  const MOST_LINES = 250

  it(`has at most ${MOST_LINES} lines`, () => {
    const read = sources.filter((file) => /\.tsx?$/.test(file) && held.some((folder) => within(file, folder)))
    expect(read.length).toBeGreaterThan(300)
    const lines = (file: string): number => readFileSync(join(root, file), 'utf8').split('\n').length - 1
    const long = read.filter((file) => !isFree(file) && lines(file) > MOST_LINES)
    expect(long.map((file) => `${file}: ${lines(file)}`)).toEqual([])
  })
})

describe('functions/domain', () => {
  it('has no clock, no promise and no environment', () => {
    const wrong = sources
      .filter((file) => within(file, 'functions/domain'))
      .filter((file) =>
        /Date\.now|new Date\b|\basync\b|\bawait\b|Promise|process\.env/.test(readFileSync(join(root, file), 'utf8')),
      )
    expect(wrong).toEqual([])
  })
})

describe('names', () => {
  const EMPTY = /^(utils?|helpers?|common|shared|misc|types)$/i

  it('of folders and files say what is in them', () => {
    const named = files.flatMap((file) => file.split('/')).map((part) => basename(part).split('.')[0] ?? '')
    expect([...new Set(named.filter((name) => EMPTY.test(name)))]).toEqual([])
  })

  it('of sources are in kebab-case', () => {
    expect(sources.filter((file) => !/^[a-z0-9]+(-[a-z0-9]+)*(\.(test|config|d))?\.\w+$/.test(basename(file)))).toEqual(
      [],
    )
  })
})
