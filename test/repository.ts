import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

export const root = join(import.meta.dirname, '..')
const GENERATED = new Set(['node_modules', 'coverage', 'cdk.out', 'dist'])

const filesIn = (folder: string): string[] =>
  readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => !entry.name.startsWith('.') && !GENERATED.has(entry.name))
    .flatMap((entry) => {
      const path = join(folder, entry.name)
      return entry.isDirectory() ? filesIn(path) : [path]
    })

export const files = filesIn('.')
export const sources = files.filter((file) => /\.(ts|tsx|js|mjs)$/.test(file) && dirname(file) !== '.')

/** Everything that a source imports or re-exports, statically, dynamically, for its types or for its effects. */
export const importsIn = (source: string): string[] => {
  const patterns = [
    /^(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]/gm,
    /^import\s*['"]([^'"]+)['"]/gm,
    /\bimport\(\s*['"]([^'"]+)['"]/g,
    /\brequire\(\s*['"]([^'"]+)['"]/g,
  ]
  return patterns.flatMap((pattern) => [...source.matchAll(pattern)].map(([, specifier = '']) => specifier))
}

/** A table of a document: the names that stand left, and those that each has on the right. */
export const tableBelow = (file: string, heading: string): Map<string, string[]> => {
  const document = readFileSync(join(root, file), 'utf8')
  const [, below = ''] = document.split(`${heading}\n| --- | --- |\n`)
  const rows = below.slice(0, below.indexOf('\n\n')).split('\n')
  return new Map(
    rows.map((row) => {
      const [, name = '', list = ''] = row.split('|')
      const words = (text: string) =>
        [...text.matchAll(/`([^`]+)`|\b(anything)\b/g)].map(([, quoted, any]) => quoted ?? any ?? '')
      return [words(name)[0] ?? '', words(list)]
    }),
  )
}
