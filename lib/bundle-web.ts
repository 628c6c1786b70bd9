import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'

const root = join(import.meta.dirname, '..')
const buildFolder = join(root, '.build')
/** All that the built client depends on: its sources, how it is built, what /docs shows, and the exact packages in the lock. */
const inputs = [
  'web',
  'client',
  'protocol',
  'bin/contract',
  'bin/frames',
  'docs/openapi.json',
  'docs/asyncapi.json',
  'docs/protocol.md',
  'lib/build-web.ts',
  'lib/bundle-web.ts',
  'package-lock.json',
]
/** Builds kept for going back and forth between branches. */
const BUILDS_KEPT = 3

const filesIn = (path: string): string[] =>
  statSync(path).isDirectory()
    ? readdirSync(path, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
    : [path]

const hashOfInputs = (): string => {
  const hash = createHash('sha256')
  for (const file of inputs.flatMap((input) => filesIn(join(root, input))).sort())
    hash.update(relative(root, file)).update('\0').update(readFileSync(file)).update('\0')
  return hash.digest('hex').slice(0, 16)
}

const forgetOldBuilds = () => {
  const builds = readdirSync(buildFolder)
    .filter((name) => /^web-[0-9a-f]{16}$/.test(name))
    .map((name) => ({ path: join(buildFolder, name), builtAt: statSync(join(buildFolder, name)).mtimeMs }))
    .sort((one, other) => other.builtAt - one.builtAt)
  for (const { path } of builds.slice(BUILDS_KEPT)) rmSync(path, { recursive: true, force: true })
}

/** Builds the web client, unless this very state of it was built before, and tells the folder. */
export const bundleWeb = (): string => {
  const built = join(buildFolder, `web-${hashOfInputs()}`)
  if (existsSync(built)) return built
  mkdirSync(buildFolder, { recursive: true })
  // Built aside and renamed, so that a folder that exists is a whole one, also with two processes at once.
  const unfinished = mkdtempSync(join(buildFolder, 'web-unfinished-'))
  try {
    execFileSync(process.execPath, [join(import.meta.dirname, 'build-web.ts'), unfinished], {
      cwd: root,
      stdio: 'inherit',
      // Not that of a test run: one build serves tests and deployments.
      env: { ...process.env, NODE_ENV: 'production' },
    })
    if (!existsSync(built)) renameSync(unfinished, built)
  } finally {
    rmSync(unfinished, { recursive: true, force: true })
  }
  forgetOldBuilds()
  return built
}
