import { test } from 'vitest'
import { en } from '../../web/strings/en.ts'
import { press, setUpHouse } from './house.ts'
import { fitsPhone } from './looks.ts'

// Who is refused finds the way on.

const house = setUpHouse()

test('a guest whose address has an account already comes to the form for it, and becomes that account', async () => {
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
  await page.getByLabel(en.email).fill(account.email)
  await page.getByLabel(en.password, { exact: true }).fill(account.password)
  await press(page, en.signIn.submit)
  await page.getByRole('heading', { name: 'Mira' }).waitFor()
  await page.getByText(en.account.isAccount).waitFor()
})
