import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { RemovalCode } from '../../protocol/server-events.ts'
import { en } from '../../web/strings/en.ts'
import { isInside, press, setUpHouse } from './house.ts'
import { looksRight } from './looks.ts'

const house = setUpHouse()

/** The page's sockets: how many were opened, and a way to say goodbye to the one that is open. */
const watchSockets = async (page: Page) => {
  let opened = 0
  let sayGoodbye: (code: RemovalCode) => void = () => {}
  await page.routeWebSocket(/\/ws\//, (socket) => {
    opened += 1
    const server = socket.connectToServer()
    sayGoodbye = (code) => {
      socket.send(JSON.stringify({ type: 'REMOVED', code, message: 'Bye.' }))
      void server.close()
      void socket.close()
    }
  })
  return { opened: () => opened, sayGoodbye: (code: RemovalCode) => sayGoodbye(code) }
}

const inside = async () => {
  const { code } = await house.stage.room({ name: 'Friday film' }, 'Ana')
  const { page } = await house.arrive(await house.stage.member(code, 'Bo'))
  const sockets = await watchSockets(page)
  await page.goto(`${house.url}/r/${code}`)
  await isInside(page)
  await page.getByText(en.stage.emptyAway('Ana')).waitFor()
  return { page, sockets }
}

test('[W7] a tab that a newer one has replaced says so, and opens the room again when it is asked to', async () => {
  const { page, sockets } = await inside()
  sockets.sayGoodbye('replaced')
  await page.getByRole('heading', { name: en.ended.replaced.title }).waitFor()
  await looksRight(page, 'replaced')
  expect(sockets.opened()).toBe(1)
  await press(page, en.endedAgain)
  await isInside(page)
  expect(sockets.opened()).toBe(2)
})

test('[W7] the end of a token opens another socket, and the person stays in the room', async () => {
  const { page, sockets } = await inside()
  sockets.sayGoodbye('expired')
  await expect.poll(sockets.opened).toBe(2)
  await isInside(page)
  expect(await page.evaluate(() => localStorage.getItem('streamit.account'))).not.toBeNull()
})

test('[A5] a sign-out leads to signing in, and what was kept is thrown away', async () => {
  const { page, sockets } = await inside()
  sockets.sayGoodbye('signed_out')
  await page.getByText(en.signIn.expired).waitFor()
  expect(await page.evaluate(() => localStorage.getItem('streamit.account'))).toBeNull()
})
