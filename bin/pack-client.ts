import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildSync } from 'esbuild'
import manifest from '../package.json' with { type: 'json' }
import { contractTypes } from './package/contract-types.ts'

// `npm run pack:client`: makes a folder from which `npm pack` packs @streamit/client.

const root = join(import.meta.dirname, '..')
const [folder = join(root, '.build', 'streamit-client')] = process.argv.slice(2)
const types = join(folder, 'dist', 'types')

rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })

buildSync({
  absWorkingDir: root,
  entryPoints: ['client/index.ts'],
  outfile: join(folder, 'dist', 'index.js'),
  bundle: true,
  format: 'esm',
  platform: 'neutral',
  target: 'es2022',
  logLevel: 'warning',
})

const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
execFileSync(process.execPath, [tsc, '-p', join(root, 'client', 'tsconfig.json'), '--outDir', types], {
  stdio: 'inherit',
})
// What is not written out here comes out of schemas, and would ask for their library.
const plain = new Set(['addresses', 'event-types', 'playback', 'refusal-codes', 'roles', 'room-facts', 'version'])
const written = contractTypes()
for (const file of readdirSync(join(types, 'protocol'), { recursive: true, encoding: 'utf8' }))
  if (!plain.has(file.replace('.d.ts', ''))) rmSync(join(types, 'protocol', file), { recursive: true, force: true })
for (const [file, text] of Object.entries(written)) writeFileSync(join(types, 'protocol', file), text)
for (const file of readdirSync(types, { recursive: true, encoding: 'utf8' }).filter((each) => each.endsWith('.d.ts'))) {
  const text = readFileSync(join(types, file), 'utf8')
  writeFileSync(join(types, file), text.replace(/((?:from |import\()['"]\.[^'"]*)\.ts(?=['"])/g, '$1.js'))
}

writeFileSync(
  join(folder, 'package.json'),
  `${JSON.stringify(
    {
      name: '@streamit/client',
      version: manifest.version,
      description:
        'Rooms of StreamIt from a page or a program: calls, a connection that heals itself, players in step.',
      license: manifest.license,
      type: 'module',
      sideEffects: false,
      exports: { '.': { types: './dist/types/client/index.d.ts', default: './dist/index.js' } },
      files: ['dist'],
      engines: { node: '>=22' },
    },
    null,
    2,
  )}\n`,
)
cpSync(join(root, 'client', 'package', 'README.md'), join(folder, 'README.md'))
cpSync(join(root, 'LICENSE'), join(folder, 'LICENSE'))
