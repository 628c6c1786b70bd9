import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { en } from '../../web/strings/en.ts'
import { press, setUpHouse } from './house.ts'

// The server has done it, and the line broke before it said so. What is pressed again must not end in a corner.

const house = setUpHouse()

/** The next answer to a call gets lost on the way. */
const loseAnswer = async (page: Page, path: string): Promise<void> => {
  await page.route(
    `**/api/${path}*`,
    async (route) => {
      await route.fetch()
      await route.abort()
    },
    { times: 1 },
  )
}

/** A guest who registers, and hears nothing of it. */
const register = async (name: string): Promise<Page> => {
  const { page } = await house.arrive(name)
  await page.goto(`${house.url}/account`)
  await loseAnswer(page, 'auth/register')
  await page.getByLabel(en.email).fill(`${name.toLowerCase()}@example.com`)
  await page.getByLabel(en.password, { exact: true }).fill('correct horse')
  await press(page, en.register.submit)
  await page.getByText(en.refusals.unreachable).waitFor()
  return page
}

test('a guest who registered has an account where they press again', async () => {
  const page = await register('Gus')
  await press(page, en.register.submit)
  await page.getByText(en.account.isAccount).waitFor()
  const kept = page.getByRole('status').filter({ hasText: en.account.kept })
  await kept.waitFor()
  expect(await kept.evaluate((line) => line === document.activeElement)).toBe(true)
  expect(await page.getByRole('heading', { name: en.account.keepTitle }).count()).toBe(0)
})

test('a guest who registered, and whose next look fails as well, reads what the first one came to', async () => {
  const page = await register('Lu')
  await loseAnswer(page, 'auth/me')
  await press(page, en.register.submit)
  await page.getByText(en.refusals.already_registered).waitFor()
})

test('a guest who registered has an account from the next look at the account page on', async () => {
  const page = await register('Mo')
  await page.reload()
  await page.getByText(en.account.isAccount).waitFor()
})

test('a new name is shown from the next look at the account page on', async () => {
  const { page } = await house.arrive('Gus')
  await page.goto(`${house.url}/account`)
  await loseAnswer(page, 'auth/name')
  await page.getByLabel(en.yourName).last().fill('Bea')
  await press(page, en.newName.submit)
  await page.getByText(en.refusals.unreachable).waitFor()
  await page.reload()
  await page.getByRole('heading', { name: 'Bea' }).waitFor()
})

test('a room that got a password tells it where its host saves again', async () => {
  const { code, host } = await house.stage.room()
  const { page } = await house.enter(code, host)
  await loseAnswer(page, 'rooms/settings')
  await press(page, en.room.settings)
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(en.entry.password, { exact: true }).check()
  await press(page, en.settings.save)
  await dialog.getByText(en.refusals.unreachable).waitFor()
  await press(page, en.settings.save)
  const told = await dialog.getByLabel(en.invite.password, { exact: true }).inputValue()
  const bo = await house.stage.guest('Bo')
  expect(await house.stage.call('rooms/join', { code, password: told }, bo)).toMatchObject({ status: 'APPROVED' })
})
