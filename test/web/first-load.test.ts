import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { bundleWeb } from '../../lib/bundle-web.ts'
import { en } from '../../web/admin/strings/en.ts'

const MOST_BYTES = 100_000

const folder = bundleWeb()
const read = (path: string): Buffer => readFileSync(join(folder, path))
const scripts = readdirSync(join(folder, 'assets')).filter((file) => file.endsWith('.js'))

/** A script and what it imports at once, as against what it may import later. */
const withImports = (file: string, found = new Set<string>()): Set<string> => {
  if (found.has(file)) return found
  found.add(file)
  const imports = read(`assets/${file}`)
    .toString()
    .matchAll(/(?:\bfrom|\bimport)\s*"\.\/([\w.-]+\.js)"/g)
  for (const [, imported = ''] of imports) withImports(imported, found)
  return found
}

const entries = [
  ...read('index.html')
    .toString()
    .matchAll(/"\/assets\/([\w.-]+\.js)"/g),
].map(([, file = '']) => file)
const first = [...entries.reduce((found, file) => withImports(file, found), new Set<string>())]
const compressed = first.reduce((sum, file) => sum + brotliCompressSync(read(`assets/${file}`)).length, 0)

it('the home page loads less than 100 KB of compressed scripts', () => {
  console.log(`first load: ${(compressed / 1000).toFixed(1)} KB in ${first.length} scripts`)
  expect(entries.length).toBeGreaterThan(0)
  expect(compressed).toBeGreaterThan(10_000)
  expect(compressed).toBeLessThan(MOST_BYTES)
})

it('nothing that a room may not need is in it: players, the room itself, the other language', () => {
  const later = scripts.filter((file) => !first.includes(file))
  for (const name of ['hls-video', 'dash-video', 'youtube-video', 'vimeo-video'])
    expect(
      first.filter((file) => read(`assets/${file}`).includes(`define("${name}"`)),
      name,
    ).toEqual([])
  expect(later.length).toBeGreaterThan(4)
  // What a room's session sends.
  const saying = scripts.filter((file) => read(`assets/${file}`).includes('SYNC_REQUEST'))
  expect(saying).toHaveLength(1)
  expect(first).not.toContain(saying[0])
})

it('the sentences of the administration are in no script that anybody else loads', () => {
  const found = scripts.filter((file) => read(`assets/${file}`).includes(en.networks.note))
  expect(found).toHaveLength(1)
  expect(found[0]).toMatch(/^administration-/)
})

it('the sample video comes along, under 2 MB', () => {
  expect(statSync(join(folder, 'sample.mp4')).size).toBeLessThan(2_000_000)
})

it('the page holds no inline script, which its policy refuses', () => {
  expect(read('index.html').toString()).not.toMatch(/<script(?![^>]*\bsrc=)/)
})
