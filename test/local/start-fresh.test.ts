import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { emulatorsIn, startProcess } from './start-process.ts'
import { temporaryFolder } from './tiny-runtime.ts'

test('--fresh forgets what earlier starts left behind, even what cannot be read any more', {
  timeout: 60_000,
}, async () => {
  const folder = temporaryFolder()
  const state = join(folder, '.streamit')
  mkdirSync(state)
  writeFileSync(join(state, 'database.sqlite'), 'no database')
  writeFileSync(join(state, 'secrets.json'), 'no secrets')
  // Of a process that is gone: its number is larger than any that the system gives out.
  writeFileSync(join(state, 'lock'), '99999999 1')

  const { child, ready, ended } = startProcess(folder, { args: ['--fresh'] })
  await ready
  expect(JSON.parse(readFileSync(join(state, 'secrets.json'), 'utf8'))).toEqual(expect.any(Object))
  expect(emulatorsIn(folder)).toHaveLength(1)
  child.kill('SIGTERM')
  expect(await ended).toMatchObject({ code: 0, stderr: [] })
  expect(emulatorsIn(folder)).toEqual([])
})
