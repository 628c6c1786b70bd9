import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { examplesOf, installClient } from '../client/installed-package.ts'
import { setUpHouse } from './house.ts'

const house = setUpHouse()
let folder: string
beforeAll(async () => {
  folder = (await installClient()).folder
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('the page in the README of the client package keeps its video in step', async () => {
  // The browser writes this address in another way.
  const media = { url: `${house.sample}?größe`, title: null, duration: null }
  const { code, host } = await house.stage.room({ media }, 'Ana')
  const ana = await house.stage.enter(code, host)
  const { page, context } = await house.arrive()
  // A page that no server has sent is not of this machine to the browser, and asks before it opens a socket to it.
  await context.grantPermissions(['local-network-access'])
  const client = join(folder, 'node_modules', '@streamit', 'client')
  await page.route(/\/page\.html/, (route) =>
    route.fulfill({ contentType: 'text/html', body: examplesOf(join(client, 'README.md')).html }),
  )
  await page.route('**/node_modules/@streamit/client/**', (route) =>
    route.fulfill({ contentType: 'text/javascript', body: readFileSync(join(client, 'dist', 'index.js')) }),
  )
  const video = () =>
    page.evaluate(() => {
      const element = document.querySelector('video')
      return { position: element?.currentTime ?? 0, paused: element?.paused !== false, at: Date.now() }
    })
  await page.goto(`${house.url}/page.html#${code}`)
  await ana.next('USER_JOINED')
  ana.send({ type: 'PLAY', time: 20 })
  const { time, at } = await ana.next('PLAY')
  await expect
    .poll(async () => {
      const shown = await video()
      return !shown.paused && Math.abs(shown.position - (time + (shown.at - at) / 1000)) < 0.25
    })
    .toBe(true)
  ana.send({ type: 'PAUSE', time: 30 })
  await expect
    .poll(async () => {
      const { position, paused } = await video()
      return paused && Math.abs(position - 30) < 0.1
    })
    .toBe(true)
})
