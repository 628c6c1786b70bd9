import { stripVTControlCharacters } from 'node:util'
import { expect, test } from 'vitest'
import { emulatorsIn, startProcess } from './start-process.ts'
import { temporaryFolder } from './tiny-runtime.ts'

test('npm run dev serves the pages as they are written, with the functions behind them, and ends both', {
  timeout: 60_000,
}, async () => {
  const folder = temporaryFolder()
  const { child, ready, ended, stdout } = startProcess(folder, { script: 'dev.ts' })
  await ready
  const url = /http:\/\/localhost:\d+\//.exec(stripVTControlCharacters(stdout.join('\n')))?.[0] ?? ''
  const page = await (await fetch(url)).text()
  expect(page).toContain('/@vite/client')
  expect(await (await fetch(`${url}main.tsx`)).text()).toContain('createRoot')
  // The functions take some seconds more.
  await expect.poll(async () => (await fetch(`${url}api/health`)).status, { timeout: 30_000, interval: 200 }).toBe(200)
  child.kill('SIGTERM')
  expect(await ended).toMatchObject({ code: 0 })
  expect(emulatorsIn(folder)).toEqual([])
})
