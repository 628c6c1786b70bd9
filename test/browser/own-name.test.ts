import { expect, test } from 'vitest'
import { en } from '../../web/strings/en.ts'
import { openPeople, press, setUpHouse } from './house.ts'
import { looksRight } from './looks.ts'

const house = setUpHouse()

test('a guest is called something else, in the room, in the other tab and on the account page', async () => {
  const { code, host } = await house.stage.room()
  const hana = await house.enter(code, host)
  const ana = await house.enter(code, 'Ana')
  const tab = await ana.context.newPage()
  await tab.goto(`${house.url}/account`)
  await openPeople(ana.page)
  await ana.page.getByRole('button', { name: en.newName.title }).click()
  const dialog = ana.page.getByRole('dialog')
  await dialog.getByLabel(en.yourName).fill('Anna')
  await looksRight(ana.page, 'name-dialog')
  await ana.page.keyboard.press('Enter')
  await dialog.waitFor({ state: 'detached' })
  await ana.page.locator('.person', { hasText: 'Anna' }).waitFor()
  await hana.page.locator('.activity', { hasText: en.activity.renamed('Ana', 'Anna') }).waitFor()
  expect(await hana.page.locator('.activity', { hasText: en.activity.left(['Ana'], 0) }).count()).toBe(0)
  await tab.getByRole('heading', { name: 'Anna' }).waitFor()
  await press(tab, en.newName.submit)
  await tab.getByText(en.newName.done('Anna')).waitFor()
  await tab.getByRole('textbox', { name: en.yourName }).last().fill('Anne')
  await press(tab, en.newName.submit)
  await tab.getByText(en.newName.tooFast).waitFor()
})

test('an account changes its password, and its other devices have to sign in', async () => {
  const account = { email: 'mira@example.com', password: 'correct horse', display_name: 'Mira' }
  const other = (await house.stage.call('auth/register', account)).access_token
  // Wrong passwords are complaints of the browser's console.
  const { page } = await house.arrive(undefined, { mayComplain: /401/ })
  await page.goto(`${house.url}/sign-in?next=/account`)
  await page.getByLabel(en.email).fill(account.email)
  await page.getByLabel(en.password).fill(account.password)
  await press(page, en.signIn.submit)
  await page.getByLabel(en.newPassword.current).fill('wrong horse')
  await page.getByLabel(en.newPassword.next).fill('another horse')
  await press(page, en.newPassword.submit)
  await page.getByText(en.newPassword.wrong).waitFor()
  await page.getByLabel(en.newPassword.show).check()
  expect(await page.getByLabel(en.newPassword.next).getAttribute('type')).toBe('text')
  await looksRight(page, 'account-password')
  await page.getByLabel(en.newPassword.next).fill('é'.repeat(40))
  await page.getByText(en.newPassword.tooLong).waitFor()
  await page.getByLabel(en.newPassword.next).fill('another horse')
  await page.getByLabel(en.newPassword.current).fill('correct horse')
  await page.keyboard.press('Enter')
  await page.getByText(en.newPassword.done).waitFor()
  expect((await house.stage.request('GET', '/api/auth/me', { token: other })).status).toBe(401)
  await page.reload()
  await page.getByRole('heading', { name: 'Mira' }).waitFor()
})
