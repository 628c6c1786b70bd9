import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, inject, it } from 'vitest'
import { readFunctions } from '../../local/template/functions.ts'
import { createResolver } from '../../local/template/intrinsics.ts'
import { root } from '../repository.ts'
import { readTemplate } from '../staging/stage.ts'

const folder = mkdtempSync(join(tmpdir(), 'streamit-trace-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const template = readTemplate()
const deployed = readFunctions(template, inject('stack').assets, createResolver(template))
const folderOf = (id: string): string => deployed.find(({ logicalId }) => logicalId.startsWith(id))?.folder ?? ''

/** The stack with which a deployed bundle ends: it starts without its environment. */
const stackOf = (id: string): string => {
  const script = `import(${JSON.stringify(join(folderOf(id), 'index.mjs'))}).catch((error) => console.log(error.stack))`
  return spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8', env: {} }).stdout
}

const trace = (text: string, ...args: string[]) => {
  const file = join(folder, 'stack.txt')
  writeFileSync(file, text)
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'bin/trace.ts'), file, ...args], {
    encoding: 'utf8',
  })
  return { status, stdout, stderr: stderr.trim() }
}

/** The places of our sources in a trace, each with the line that stands there. */
const placesIn = (text: string) =>
  [...text.matchAll(/(functions\/[\w/-]+\.ts):(\d+):\d+/g)].map(([, file = '', line]) => ({
    file,
    text: readFileSync(join(root, file), 'utf8').split('\n')[Number(line) - 1] ?? '',
  }))

const stack = stackOf('Sweep')

describe('npm run trace', () => {
  it('turns the columns of a bundle into lines of the sources', () => {
    expect(stack).toMatch(/index\.mjs:\d+:\d+/)
    const { status, stdout } = trace(stack, '--function', 'sweep')
    expect(status).toBe(0)
    expect(stdout).not.toContain('index.mjs')
    const places = placesIn(stdout)
    expect(places.map(({ file }) => file)).toContain('functions/entries/sweep.ts')
    expect(places[0]?.text).toMatch(/throw new/)
  })

  it('reads log lines, which say themselves of which function they are, with what caused the error', () => {
    const cause = { name: 'Error', message: 'x', stack }
    const line = {
      level: 'ERROR',
      message: 'fault',
      service: 'sweep',
      requestId: 'r-1',
      cause: { name: 'E', stack: 'E', cause },
    }
    const { stdout } = trace(`${JSON.stringify(line)}\n${JSON.stringify({ ...line, requestId: 'r-2' })}\n`)
    expect(stdout).toMatch(/^sweep {2}r-1\nE\n/)
    expect(stdout).toMatch(/\nsweep {2}r-2\n/)
    expect(placesIn(stdout).filter(({ file }) => file === 'functions/entries/sweep.ts')).toHaveLength(2)
  })

  it.each([
    ['a stack of no function', [], /^A stack alone does not say of which function it is/],
    ['a function that there is not', ['--function', 'swep'], /^There is no source map of a function "swep"\./],
    ['two files', ['another.txt'], /^Usage: npm run trace/],
    ['another option', ['--fn', 'sweep'], /^Usage: npm run trace/],
  ])('says in words what is wrong with %s', (_what, args, sentence) => {
    const { status, stderr } = trace(stack, ...args)
    expect(status).toBe(1)
    expect(stderr).toMatch(sentence)
  })
})

describe('source maps', () => {
  it('are kept by synthesis and are in no bundle that is deployed', () => {
    for (const { folder: bundle } of deployed) expect(readdirSync(bundle)).toEqual(['index.mjs'])
    const maps = readdirSync(join(root, '.build/source-maps'))
    expect(maps).toHaveLength(deployed.length)
  })
})
