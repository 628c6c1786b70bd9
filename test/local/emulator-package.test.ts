import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { emulatorPackageFor } from '../../local/emulator/emulator-package.ts'
import { npmCommand } from '../../local/emulator/npm.ts'
import { root } from '../repository.ts'

const lock: { packages: Record<string, { version: string; integrity: string }> } = JSON.parse(
  readFileSync(join(root, 'package-lock.json'), 'utf8'),
)

test.each([
  ['linux', 'x64', 'dynoxide'],
  ['linux', 'arm64', 'dynoxide'],
  ['darwin', 'x64', 'dynoxide'],
  ['darwin', 'arm64', 'dynoxide'],
  ['win32', 'x64', 'dynoxide.exe'],
])(
  'on %s %s the emulator is the program %s of the package for it, at the version of the lock',
  (platform, arch, program) => {
    const locked = lock.packages['node_modules/@dynoxide/linux-x64']
    expect(emulatorPackageFor({ platform, arch })).toMatchObject({
      name: `@dynoxide/${platform}-${arch}`,
      version: locked?.version,
      program,
    })
  },
)

test('where the lock has an integrity, it is the one that is asked for', () => {
  const locked = lock.packages['node_modules/@dynoxide/linux-x64']
  expect(emulatorPackageFor({ platform: 'linux', arch: 'x64' })?.integrity).toBe(locked?.integrity)
})

test.each([
  ['win32', 'arm64'],
  ['linux', 'ia32'],
  ['freebsd', 'x64'],
])('for %s %s nobody publishes one', (platform, arch) => {
  expect(emulatorPackageFor({ platform, arch })).toBeUndefined()
})

test.each([
  [{ npm_execpath: '/lib/npm/bin/npm-cli.js' }, 'linux', process.execPath, ['/lib/npm/bin/npm-cli.js'], false],
  [{ npm_execpath: '/lib/npm/bin/npm-cli.js' }, 'win32', process.execPath, ['/lib/npm/bin/npm-cli.js'], false],
  [{ npm_execpath: '/lib/pnpm/bin/pnpm.cjs' }, 'darwin', 'npm', [], false],
  [{}, 'linux', 'npm', [], false],
  [{}, 'win32', 'npm', [], true],
])('given %o on %s, npm is %s %o', (environment, platform, program, args, shell) => {
  expect(npmCommand(environment, platform)).toEqual({ program, args, shell })
})
