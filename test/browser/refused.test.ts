import { expect, test } from 'vitest'
import { de } from '../../web/strings/de.ts'
import { en } from '../../web/strings/en.ts'
import { press, setUpHouse } from './house.ts'
import { fitsPhone } from './looks.ts'

// Who is refused reads why in their own language, and finds the way on.

const house = setUpHouse()

const rename = async (name: string, before: 'as it is' | 'behind a hotel') => {
  const { page } = await house.arrive('Gus', { locale: 'de-DE', mayComplain: /40[03]/ })
  await page.goto(`${house.url}/account`)
  if (before === 'behind a hotel')
    await page.route('**/api/auth/name*', (route) => route.fulfill({ status: 403, body: '<html>Hotel</html>' }))
  await page.getByLabel(de.yourName).last().fill(name)
  await press(page, de.newName.submit)
  const told = page.locator('.action-failure p')
  await told.waitFor()
  return told.innerText()
}

test('a name that the server does not take is refused in the language of the page', async () => {
  expect(await rename('A\u202eb', 'as it is')).toBe(de.invalidFields.display_name)
})

test('what a network on the way answers is told in the language of the page', async () => {
  expect(await rename('Bea', 'behind a hotel')).toBe(de.refusals.forbidden)
})

test('a guest whose address has an account already comes to the form for it, reads that the guest is over, and becomes that account', async () => {
  const account = { email: 'mira@example.com', password: 'correct horse', display_name: 'Mira' }
  await house.stage.call('auth/register', account)
  const { page } = await house.arrive('Gus', { mayComplain: /409/ })
  await page.goto(`${house.url}/account`)
  await page.getByLabel(en.email).fill(account.email)
  await page.getByLabel(en.password, { exact: true }).fill(account.password)
  await press(page, en.register.submit)
  await page.getByText(en.refusals.email_taken).waitFor()
  await fitsPhone(page, 'account-taken')
  await page.getByRole('main').getByRole('link', { name: en.signIn.link }).click()
  await page.getByText(en.signIn.leavesGuest('Gus')).waitFor()
  await fitsPhone(page, 'account-after-guest')
  await page.getByLabel(en.email).fill(account.email)
  await page.getByLabel(en.password, { exact: true }).fill(account.password)
  await press(page, en.signIn.submit)
  await page.getByRole('heading', { name: 'Mira' }).waitFor()
  await page.getByText(en.account.isAccount).waitFor()
})
