import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { transformSync } from 'esbuild'
import { expect, test } from 'vitest'

// CloudFront's runtime 2.0 is ECMAScript 5.1 with a chosen few of later features. Locally the functions run in Node, which takes everything.
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-javascript-runtime-20.html

const folder = join(import.meta.dirname, '../../lib/edge-functions')
const LATER_THAN_CLOUDFRONT: [what: string, pattern: RegExp][] = [
  ['optional chaining', /\?\.(?!\d)/],
  ['nullish coalescing', /\?\?/],
  ['destructuring', /(?:\b(?:const|let|var)\s*[[{])|(?:\(\s*\{[^}]*\}\s*\)\s*=>)|(?:\bfunction\s*\w*\(\s*[[{])/],
  ['spread', /\.\.\./],
  ['a class', /\bclass\s+\w/],
  ['a generator', /\bfunction\s*\*/],
  ['for...of', /\bfor\s*\([^;)]*\sof\s/],
]

const withoutTextAndComments = (code: string): string =>
  // esbuild drops comments; texts and regular expressions are emptied by hand.
  transformSync(code, { legalComments: 'none' }).code.replace(
    /'[^'\n]*'|"[^"\n]*"|(?<=[=(,:]\s*)\/(?:\\.|[^/\n])+\//g,
    "''",
  )

test.each(readdirSync(folder))('%s uses only what CloudFront understands', (file) => {
  const code = readFileSync(join(folder, file), 'utf8')
  const bare = withoutTextAndComments(code)
  expect(LATER_THAN_CLOUDFRONT.filter(([, pattern]) => pattern.test(bare)).map(([what]) => what)).toEqual([])
  expect(Buffer.byteLength(code)).toBeLessThanOrEqual(10 * 1024)
})

test.each([
  ['const { a } = event', 'destructuring'],
  ['const [a] = event.list', 'destructuring'],
  ['const f = ({ a }) => a', 'destructuring'],
  ['function handler({ request }) { return request }', 'destructuring'],
  ['x = event?.request', 'optional chaining'],
  ['x = event ?? 1', 'nullish coalescing'],
  ['for (const a of list) f(a)', 'for...of'],
])('the check finds %s', (code, what) => {
  const bare = withoutTextAndComments(code)
  expect(LATER_THAN_CLOUDFRONT.filter(([, pattern]) => pattern.test(bare)).map(([name]) => name)).toContain(what)
})
