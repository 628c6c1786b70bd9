import { expect, test } from 'vitest'
import { de } from '../../web/strings/de.ts'
import { en } from '../../web/strings/en.ts'
import { setUpHouse } from './house.ts'

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
