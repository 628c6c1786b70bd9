import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { en } from '../../web/strings/en.ts'
import { openPeople, press, setUpHouse } from './house.ts'

// On a slow line somebody goes on before they hear what came of what they did.

const house = setUpHouse()

/** The next such call waits until it is let go on, or until its line breaks. */
const hold = async (page: Page, path: string) => {
  const held = Promise.withResolvers<'goes on' | 'breaks'>()
  await page.route(
    `**/api/${path}*`,
    async (route) => ((await held.promise) === 'goes on' ? route.continue() : route.abort()),
    { times: 1 },
  )
  return held.resolve
}

/** A host who looks at the list of people, with two others in it. */
const looking = async () => {
  const { code, host } = await house.stage.room()
  const { page } = await house.enter(code, host)
  await Promise.all([house.enter(code, 'Bo'), house.enter(code, 'Cy')])
  await openPeople(page)
  return page
}

test('an answer about one person leaves the menu of another one open, and the focus in it', async () => {
  const page = await looking()
  const end = await hold(page, 'rooms/mute')
  await press(page, en.people.menu('Bo'))
  await press(page, en.people.mute5)
  await press(page, en.people.menu('Cy'))
  const kick = page.getByRole('button', { name: en.people.kick, exact: true })
  await kick.focus()
  const answered = page.waitForResponse(/rooms\/mute/)
  end('goes on')
  await answered
  await page.getByText(en.people.muted, { exact: true }).waitFor()
  expect(await page.getByRole('group', { name: en.people.menu('Cy') }).count()).toBe(1)
  expect(await kick.evaluate((button) => button === document.activeElement)).toBe(true)
})

test('a question stays until its answer is there: whoever wants it away reads that the line broke', async () => {
  const page = await looking()
  const end = await hold(page, 'rooms/kick')
  await press(page, en.people.menu('Bo'))
  await press(page, en.people.kick)
  const dialog = page.getByRole('dialog', { name: en.people.kickTitle('Bo') })
  await dialog.getByRole('button', { name: en.people.kick, exact: true }).click()
  for (const _ of ['once', 'twice']) await page.keyboard.press('Escape')
  await dialog.getByRole('button', { name: en.close }).click()
  expect(await dialog.getByRole('button', { name: en.cancel }).isDisabled()).toBe(true)
  end('breaks')
  await dialog.getByText(en.refusals.unreachable).waitFor()
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
})
