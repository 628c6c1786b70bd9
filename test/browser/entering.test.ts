import { expect, test } from 'vitest'
import { en } from '../../web/strings/en.ts'
import { isInside, press, setUpHouse } from './house.ts'

const house = setUpHouse()

test('somebody new makes a room with nothing but a name, and somebody else joins by its link', async () => {
  const host = await house.arrive()
  await host.page.goto(house.url)
  await host.page.getByLabel(en.yourName).fill('Ana')
  await host.page.locator('.more summary').click()
  await host.page.getByLabel(en.create.name).fill('Friday film')
  await press(host.page, en.link.useSample)
  await press(host.page, en.create.submit)
  await isInside(host.page)
  const link = host.page.url()

  const bo = await house.arrive()
  await bo.page.goto(link.toLowerCase().replace(house.url, house.url))
  await bo.page.getByRole('heading', { name: 'Friday film' }).waitFor()
  await bo.page.getByText(en.invite.eyebrow('Ana')).waitFor()
  await bo.page.getByLabel(en.yourName).fill('Bo')
  await press(bo.page, en.invite.join)
  await isInside(bo.page)
  await expect.poll(() => host.page.locator('.tab-count').textContent()).toBe('2')
})

test('a room is found by its code, with the spaces that people type', async () => {
  const { code } = await house.stage.room({ name: 'By code' })
  const { page } = await house.arrive('Cleo')
  await page.goto(house.url)
  await page.getByLabel(en.joinByCode.label).fill('K7')
  await press(page, en.joinByCode.submit)
  await page.getByText(en.joinByCode.problem).waitFor()
  await page.getByLabel(en.joinByCode.label).fill(` ${code.slice(0, 3).toLowerCase()} ${code.slice(3)}`)
  await press(page, en.joinByCode.submit)
  await page.getByRole('heading', { name: 'By code' }).waitFor()
})

test('a password is asked for, refused with a sentence, and lets in', async () => {
  const { code, password = '' } = await house.stage.room({ is_private: true, entry_mode: 'PASSWORD' })
  const { page } = await house.arrive('Dev')
  await page.goto(`${house.url}/r/${code}`)
  await page.getByLabel(en.invite.password).fill('wrong')
  await press(page, en.invite.join)
  await page.getByText(en.refusals.wrong_password).waitFor()
  await page.getByLabel(en.invite.password).fill(password)
  await press(page, en.invite.join)
  await isInside(page)
})

test('a waiting person is let in, another is declined, and both pages move on by themselves', async () => {
  const { code, host } = await house.stage.room({ is_private: true, entry_mode: 'APPROVAL' })
  const owner = await house.enter(code, host)
  const [eli, fay] = await Promise.all([house.arrive('Eli'), house.arrive('Fay')])
  for (const { page } of [eli, fay]) {
    await page.goto(`${house.url}/r/${code}`)
    await press(page, en.invite.ask)
    await page.getByText(en.invite.waiting).waitFor()
  }
  await press(owner.page, en.requests.approveName('Eli'))
  await press(owner.page, en.requests.rejectName('Fay'))
  await isInside(eli.page)
  await fay.page.getByText(en.refusals.rejected).waitFor()
})

test('a room that is not there says so and offers another code', async () => {
  const { page } = await house.arrive('Gil')
  await page.goto(`${house.url}/r/QQQQQQ`)
  await page.getByRole('heading', { name: en.noSuchRoom.title }).waitFor()
  await page.getByLabel(en.joinByCode.label).waitFor()
  await page.goto(`${house.url}/nothing/here`)
  await page.getByRole('heading', { name: en.notFound.title }).waitFor()
})

test('links that cannot be played are refused with a reason', async () => {
  const { page } = await house.arrive('Hal')
  await page.goto(house.url)
  for (const [link, reason] of [
    ['film', en.link.problems.notALink],
    ['http://example.com/film.mp4', en.link.problems.notHttps],
    ['https://me:secret@example.com/film.mp4', en.link.problems.hasPassword],
    [`${house.url}/sign-in`, en.link.problems.noVideo],
    [`${house.url}/favicon.mp4`, en.link.problems.notThere('404')],
  ] as const) {
    await page.getByLabel(en.link.label).fill(link)
    await press(page, en.create.submit)
    await page.getByText(reason).waitFor()
  }
})

test('a guest becomes an account, keeps the room, signs out and comes back by e-mail', async () => {
  const { code, host } = await house.stage.room({ name: 'Kept' })
  const { page } = await house.arrive(host)
  await page.goto(house.url)
  await page.getByRole('link', { name: en.account.link('Hana') }).click()
  await page.getByLabel(en.email).fill('hana@example.com')
  await page.getByLabel(en.password).fill('correct horse')
  await press(page, en.register.submit)
  await page.getByText(en.account.kept).waitFor()
  await press(page, en.account.signOut)
  await page.getByRole('link', { name: en.signIn.link }).click()
  await page.getByLabel(en.email).fill('hana@example.com')
  await page.getByLabel(en.password).fill('wrong horse')
  await press(page, en.signIn.submit)
  await page.getByText(en.refusals.invalid_credentials).waitFor()
  await page.getByLabel(en.password).fill('correct horse')
  await press(page, en.signIn.submit)
  await page.getByText(en.myRooms.yours).waitFor()
  await page.getByRole('link', { name: /Kept/ }).first().click()
  await isInside(page)
  expect(page.url()).toBe(`${house.url}/r/${code}`)
  await page.getByRole('button', { name: en.room.settings }).waitFor()
})

test('a token that is no longer good leads to signing in, and from there on to where the person was going', async () => {
  const { code } = await house.stage.room()
  const ida = await house.stage.member(code, 'Ida')
  await house.stage.call('auth/logout', {}, ida)
  const { page } = await house.arrive(ida)
  await page.goto(`${house.url}/r/${code}`)
  await page.getByText(en.signIn.expired).waitFor()
  await page.getByLabel(en.yourName).fill('Ida')
  await press(page, en.signIn.guestSubmit)
  await press(page, en.invite.join)
  await isInside(page)
})

test('signing out in one tab signs out the other', async () => {
  const { context, page } = await house.arrive('Jo')
  await page.goto(house.url)
  const other = await context.newPage()
  await other.goto(`${house.url}/account`)
  await press(other, en.account.signOut)
  await page.getByRole('link', { name: en.signIn.link }).waitFor()
})
