import { ulid } from 'ulid'
import { expect, test } from 'vitest'
import { en } from '../../web/strings/en.ts'
import { press, setUpHouse } from './house.ts'

const house = setUpHouse()

/** More than a page keeps in memory. */
const SAID = 2_120

const say = async (code: string): Promise<void> => {
  const { putMessage } = await import('../../functions/table/messages.ts')
  const start = house.stage.services.clock() - SAID
  for (let n = 0; n < SAID; n += 1) {
    const said = { id: ulid(start + n), user: 'Hana', user_id: 'hana', message: `Number ${n}.`, created_at: start + n }
    await putMessage(code, { ...said, connection_id: 'c' }, 30)
  }
}

test('[R16] a jump to the newest messages that fails leaves everything where it is, and is tried again as a jump', async () => {
  const { code, host } = await house.stage.room()
  await say(code)
  const { page } = await house.enter(code, host)
  const list = page.locator('.messages')
  const shown = () => page.locator('.message-text').allTextContents()
  const toNewest = page.getByRole('button', { name: en.chat.toNewest })
  // Until the newest have been let go.
  const read = async () => {
    await list.evaluate((box) => box.scrollTo({ top: 0 }))
    return await toNewest.count()
  }
  await expect.poll(read, { timeout: 120_000, interval: 100 }).toBe(1)
  await list.evaluate((box) => box.scrollTo({ top: box.scrollHeight / 2 }))
  const place = () => list.evaluate((box) => box.scrollTop)
  const [before, first] = [await place(), (await shown())[0]]

  await page.route('**/rooms/messages*', (route) => route.abort())
  await toNewest.click()
  await page.getByText(en.refusals.unreachable).waitFor()
  expect([await place(), (await shown())[0]]).toEqual([before, first])
  await page.unroute('**/rooms/messages*')
  await press(page, en.tryAgain)
  await toNewest.waitFor({ state: 'detached' })
  await expect.poll(async () => (await shown()).at(-1)).toBe(`Number ${SAID - 1}.`)
  await expect.poll(() => list.evaluate((box) => box.scrollHeight - box.scrollTop - box.clientHeight)).toBeLessThan(2)
  await expect(page.getByText(en.refusals.unreachable).count()).resolves.toBe(0)
})
