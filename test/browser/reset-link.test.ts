import { expect, test } from 'vitest'
import { de } from '../../web/strings/de.ts'
import { en } from '../../web/strings/en.ts'
import { account, administrator } from '../staging/administrator.ts'
import { press, setUpHouse } from './house.ts'

const house = setUpHouse()

test('a link for a new password outlives another language and a reload, and is not in the address', async () => {
  const { page } = await house.arrive()
  await page.goto(`${house.url}/reset#somebody.secret`)
  await page.getByLabel(en.newPassword.next).waitFor()
  await page.getByRole('button', { name: 'Deutsch' }).click()
  await page.getByLabel(de.newPassword.next).waitFor()
  await page.reload()
  await page.getByLabel(de.newPassword.next).waitFor()
  expect(page.url()).toBe(`${house.url}/reset`)
})

test('a second link in the same tab is the one that holds, and is not in the address either', async () => {
  const { page } = await house.arrive()
  await page.goto(`${house.url}/reset#somebody.secret`)
  await page.getByLabel(en.newPassword.next).fill('correct horse')
  await page.goto(`${house.url}/reset#somebody.newer`)
  await expect.poll(() => page.url()).toBe(`${house.url}/reset`)
  await expect.poll(() => page.getByLabel(en.newPassword.next).inputValue()).toBe('')
  await page.getByLabel(en.newPassword.next).fill('correct horse')
  const asked = page.waitForRequest(/auth\/reset/)
  await press(page, en.reset.submit)
  expect((await asked).postDataJSON()).toMatchObject({ secret: 'newer' })
})

test('that the new password is set stands there in another language and after a reload', async () => {
  const [ada, bo] = [await administrator(house.stage, 'Ada'), await account(house.stage, 'Bo')]
  const { path } = await house.stage.call('admin/reset-link', { user_id: bo.id }, ada)
  const { page } = await house.arrive()
  await page.goto(`${house.url}${path}`)
  await page.getByLabel(en.newPassword.next).fill('correct horse')
  await press(page, en.reset.submit)
  await page.getByText(en.reset.done).waitFor()
  await page.getByRole('button', { name: 'Deutsch' }).click()
  await page.getByText(de.reset.done).waitFor()
  await page.reload()
  await page.getByText(de.reset.done).waitFor()
})
