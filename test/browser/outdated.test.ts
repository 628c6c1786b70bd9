import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { PROTOCOL_VERSION } from '../../protocol/version.ts'
import { en } from '../../web/strings/en.ts'
import { isInside, press, setUpHouse } from './house.ts'
import { looksRight } from './looks.ts'

const house = setUpHouse()

type Upgrade = {
  /** How many PONGs have told the page of the newer protocol. */
  told: () => number
  /** From now on the server speaks the protocol of the page. */
  end: () => void
}

/** Makes the server speak a newer protocol to this page. */
const upgradeServer = async (page: Page): Promise<Upgrade> => {
  let isNewer = true
  let told = 0
  await page.routeWebSocket(/\/ws\//, (socket) => {
    const server = socket.connectToServer()
    server.onMessage((frame) => {
      const text = String(frame)
      if (!isNewer || !text.includes('"type":"PONG"')) return socket.send(frame)
      socket.send(JSON.stringify({ ...JSON.parse(text), protocol: PROTOCOL_VERSION + 1 }))
      told += 1
    })
  })
  return {
    told: () => told,
    end: () => {
      isNewer = false
    },
  }
}

test('[K4] a page that is older than the server offers a reload, which comes back to the room', async () => {
  const { code } = await house.stage.room({ name: 'Friday film' }, 'Ana')
  const { page } = await house.arrive(await house.stage.member(code, 'Bo'))
  const upgrade = await upgradeServer(page)
  await page.goto(`${house.url}/r/${code}`)
  await page.getByText(en.outdated.text).waitFor()
  await looksRight(page, 'room-outdated')
  // What a reload loads is as new as the server.
  upgrade.end()
  await press(page, en.outdated.reload)
  await page.getByText(en.outdated.text).waitFor({ state: 'detached' })
  await isInside(page)
  expect(page.url()).toBe(`${house.url}/r/${code}`)
})

test('[K4] the offer is put away for as long as the page is loaded, in another room as well', async () => {
  const [film, other] = [await house.stage.room({ name: 'Friday film' }, 'Ana'), await house.stage.room({}, 'Mira')]
  const bo = await house.stage.member(film.code, 'Bo')
  await house.stage.call('rooms/join', { code: other.code }, bo)
  const { page } = await house.arrive(bo)
  const { told } = await upgradeServer(page)
  await page.goto(`${house.url}/r/${film.code}`)
  const note = page.locator('.outdated-note')
  await note.getByRole('button', { name: en.close, exact: true }).click()
  await note.waitFor({ state: 'detached' })
  await page.getByRole('link', { name: en.toHome }).click()
  await page.locator(`a[href="/r/${other.code}"]`).first().click()
  await isInside(page)
  const before = told()
  await expect.poll(told).toBeGreaterThan(before + 3)
  await expect(note.count()).resolves.toBe(0)
})
