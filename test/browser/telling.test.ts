import { expect, test } from 'vitest'
import { en } from '../../web/strings/en.ts'
import { areInStep, isInside, isPaused, press, say, setUpHouse } from './house.ts'

// The room says what happens: nobody has to guess why nothing moves, or whether something worked.

const house = setUpHouse()

const watching = (fields = {}) =>
  house.stage.room({ name: 'Friday film', media: { url: house.sample, title: null, duration: 180 }, ...fields }, 'Ana')

test('the badge says "Ready" only where a video is ready', async () => {
  const empty = await house.stage.room({}, 'Ana')
  const { page } = await house.enter(empty.code, empty.host)
  const badge = page.locator('.sync-badge')
  await expect.poll(() => badge.textContent()).toBe(en.sync.noVideo)
  await house.stage.call(
    'rooms/settings',
    { room_id: empty.code, media: { url: `${house.url}/missing.mp4`, title: null, duration: null } },
    empty.host,
  )
  await expect.poll(() => badge.textContent()).toBe(en.sync.failed)
  await house.stage.call(
    'rooms/settings',
    { room_id: empty.code, media: { url: house.sample, title: null, duration: 180 } },
    empty.host,
  )
  await expect.poll(() => badge.textContent()).toBe(en.sync.paused)
  await page.getByLabel(en.controls.position).press('End')
  await isPaused(page, 180)
  await expect.poll(() => badge.textContent()).toBe(en.sync.ended)
})

test('while a video loads, the badge says so', async () => {
  const { code } = await watching()
  const bo = await house.arrive(await house.stage.member(code, 'Bo'))
  const held: (() => void)[] = []
  await bo.context.route('**/sample.mp4', (route) => {
    held.push(() => void route.continue())
  })
  await bo.page.goto(`${house.url}/r/${code}`)
  const badge = bo.page.locator('.sync-badge')
  await badge.getByText(en.sync.loading, { exact: true }).waitFor()
  for (const release of held) release()
  await bo.context.unroute('**/sample.mp4')
  await badge.getByText(en.sync.paused, { exact: true }).waitFor()
})

test('the badge is a dot and a word, as wide as before whatever it says; the milliseconds are told to who points at it', async () => {
  const { code, host } = await watching()
  const { page } = await house.enter(code, host)
  const badge = page.locator('.sync-badge')
  await expect.poll(() => badge.textContent()).toBe(en.sync.paused)
  const before = await badge.boundingBox()
  await press(page, en.controls.play)
  await areInStep(page)
  await expect(badge.textContent()).resolves.toBe(en.sync.inStep)
  await expect(badge.getAttribute('title')).resolves.toMatch(/\d+ ms/)
  await expect(badge.boundingBox()).resolves.toMatchObject({ width: before?.width })
})

test('who leaves is out when home asks for their rooms, and is told where it did not work', async () => {
  const { code } = await watching({ name: 'Left behind' })
  const { page, context } = await house.enter(code, 'Bo')
  await press(page, en.room.leave)
  await context.setOffline(true)
  await press(page, en.leave.submit)
  await page.getByRole('dialog').getByText(en.refusals.unreachable).waitFor()
  await context.setOffline(false)
  await isInside(page)
  // A slow line: home must not ask before the answer is here.
  await context.route('**/api/rooms/leave*', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 500))
    await route.continue()
  })
  await press(page, en.leave.submit)
  await page.getByText(en.myRooms.empty).waitFor()
})

test('while the host is away, everybody else reads it on the stage, until the host is back', async () => {
  const { code, host } = await watching()
  const ana = await house.enter(code, host)
  const { page } = await house.enter(code, 'Bo')
  await page.getByText(en.controls.drives(['Ana'])).waitFor()
  await ana.page.goto('about:blank')
  await page.getByText(en.stage.away('Ana', 'nobody')).waitFor()
  await page.getByText(en.controls.away('Ana'), { exact: true }).waitFor()
  await ana.page.goto(`${house.url}/r/${code}`)
  await page.getByText(en.controls.drives(['Ana'])).waitFor()
  await expect(page.getByText(en.stage.away('Ana', 'nobody')).count()).resolves.toBe(0)
})

test('who comes to a room without its host and without a video is told both', async () => {
  const { code } = await house.stage.room({}, 'Ana')
  const { page } = await house.enter(code, 'Bo')
  await page.getByText(en.stage.emptyAway('Ana')).waitFor()
})

test('messages that were refused come back in the order in which they were written', async () => {
  const { code, host } = await watching()
  const bo = await house.arrive(await house.stage.member(code, 'Bo'))
  // A slow line: all three are on their way before the first refusal is here.
  await bo.page.routeWebSocket(/\/ws\//, (socket) => {
    const server = socket.connectToServer()
    server.onMessage((frame) => {
      setTimeout(() => socket.send(frame), 2_000)
    })
  })
  await bo.page.goto(`${house.url}/r/${code}`)
  await isInside(bo.page)
  await house.stage.call('rooms/mute', { room_id: code, user_id: bo.person?.id, seconds: 300 }, host)
  for (const message of ['one', 'two', 'three']) await say(bo.page, message)
  await bo.page.locator('.composer-reason', { hasText: 'muted' }).waitFor()
  await expect.poll(() => bo.page.locator('[data-composer]').inputValue()).toBe('one\ntwo\nthree')
})

test('the empty stage asks for the link that it needs, and calls it optional nowhere', async () => {
  const { code, host } = await house.stage.room({}, 'Ana')
  const { page } = await house.enter(code, host)
  await page.getByLabel(en.link.needed, { exact: true }).waitFor()
})

test('the invitation shows the whole link on a narrow screen', async () => {
  const { code, host } = await watching()
  const { page } = await house.enter(code, host, { viewport: { width: 320, height: 640 } })
  await press(page, en.room.invite)
  const link = page.locator('.invite-link')
  await expect(link.innerText()).resolves.toContain(`${house.url}/r/${code}`)
  // Neither its box nor the dialog hides an end of it.
  for (const box of [link, page.getByRole('dialog')]) {
    const cut = await box.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)
    expect(cut).toBe(0)
  }
  // The code stands on one line.
  const heights = await page.locator('.invite-link-end').evaluate((end) => end.getClientRects().length)
  expect(heights).toBe(1)
})

test('who waits at the door stands in the order of asking', async () => {
  const { code, host } = await watching({ is_private: true, entry_mode: 'APPROVAL' })
  // The server names them by their ids, which are random: of six, some stand the wrong way round.
  const before = ['Bo', 'Cy', 'Dee', 'Eli', 'Fay']
  for (const name of before) await house.stage.member(code, name)
  const { page } = await house.enter(code, host)
  await house.stage.member(code, 'Gil')
  await page.locator('.request-name').getByText(en.requests.asks('Gil')).waitFor()
  const names = [...before, 'Gil'].map((name) => en.requests.asks(name))
  await expect(page.locator('.request-name').allTextContents()).resolves.toEqual(names)
})

test('who was removed is not led back to a refusal', async () => {
  const { code, host } = await watching()
  const { page, person } = await house.enter(code, 'Bo')
  await house.stage.call('rooms/kick', { room_id: code, user_id: person?.id }, host)
  await page.getByRole('heading', { name: en.ended.kicked.title }).waitFor()
  await expect(page.locator('.button.primary').innerText()).resolves.toBe(en.makeYourOwn)
  await page.getByRole('button', { name: en.endedAgain }).waitFor()
})

test('a form says in its own words what is missing or wrong, at the field', async () => {
  const { page } = await house.arrive()
  await page.goto(house.url)
  // The browser's own bubbles cannot be seen from here: they come where a form does not refuse them.
  expect(await page.locator('form').count()).toBeGreaterThan(0)
  await expect(page.locator('form:not([novalidate])').count()).resolves.toBe(0)
  await press(page, en.create.submit)
  await page.getByText(en.field.missing).waitFor()
  const name = page.getByLabel(en.yourName)
  await expect(name.evaluate((field) => field === document.activeElement)).resolves.toBe(true)
  await name.fill('Ana')
  await page.getByText(en.field.missing).waitFor({ state: 'detached' })
  await page.goto(`${house.url}/sign-in`)
  await page.getByLabel(en.email).fill('ana')
  await page.getByLabel(en.password).fill('correct horse')
  await press(page, en.signIn.submit)
  await page.getByText(en.field.noEmail).waitFor()
})

test('a name that is too long is not cut in silence', async () => {
  const { page } = await house.arrive()
  await page.goto(house.url)
  await page.getByLabel(en.yourName).fill('Ana')
  const name = page.getByLabel(en.create.name)
  const folded = page.locator('details.more summary')
  await folded.click()
  // A flag is one character, as it is for the server. Pasted: what a script puts in, no browser would cut.
  const pasted = `${'n'.repeat(41)}🇩🇪`
  await name.focus()
  await page.keyboard.insertText(pasted)
  await expect(name.inputValue()).resolves.toBe(pasted)
  await page.getByText(en.field.tooLong(2, 40)).waitFor()
  await folded.click()
  await press(page, en.create.submit)
  await expect(name.evaluate((field) => field === document.activeElement)).resolves.toBe(true)
  expect(page.url()).toBe(`${house.url}/`)
  await name.fill(`${'n'.repeat(39)}🇩🇪`)
  await press(page, en.create.submit)
  await isInside(page)
})

test('what plays is told in the header and in the tab, by its title or the name of its file', async () => {
  const { code, host } = await watching()
  const { page } = await house.enter(code, host)
  await page.locator('.now-playing', { hasText: 'sample' }).waitFor()
  await expect.poll(() => page.title()).toBe('sample · Friday film · StreamIt')
  const media = { url: house.sample, title: 'Big Buck Bunny', duration: 180 }
  await house.stage.call('rooms/settings', { room_id: code, media }, host)
  await page.locator('.now-playing', { hasText: 'Big Buck Bunny' }).waitFor()
  await expect.poll(() => page.title()).toBe('Big Buck Bunny · Friday film · StreamIt')
})

test('the host changes the video on the stage, and at its end', async () => {
  const { code, host } = await watching()
  const [ana, bo] = [await house.enter(code, host), await house.enter(code, 'Bo')]
  const choose = async (link: string) => {
    const dialog = ana.page.getByRole('dialog', { name: en.stage.change })
    await dialog.getByLabel(en.link.needed).fill(link)
    await dialog.getByRole('button', { name: en.stage.choose }).click()
    await dialog.waitFor({ state: 'detached' })
  }
  await press(ana.page, en.stage.change)
  await choose(`${house.sample}?second`)
  await bo.page.locator('video[src$="?second"]').waitFor()
  await isPaused(ana.page, 0)
  await ana.page.getByLabel(en.controls.position).press('End')
  await bo.page.getByText(en.stage.overNote(['Ana'])).waitFor()
  await ana.page.locator('.over-stage').getByRole('button', { name: en.stage.change }).click()
  await choose(`${house.sample}?third`)
  await bo.page.locator('video[src$="?third"]').waitFor()
  await ana.page.getByText(en.stage.over).waitFor({ state: 'detached' })
  await expect(bo.page.getByRole('button', { name: en.stage.change }).count()).resolves.toBe(0)
})

test('a guest who presses space, an arrow or the picture is told once who drives', async () => {
  const { code, host } = await watching()
  await house.enter(code, host)
  const { page } = await house.enter(code, 'Bo')
  await isPaused(page, 0)
  const note = page.getByText(en.stage.driving(['Ana']))
  await page.keyboard.press('Space')
  await note.waitFor()
  await note.waitFor({ state: 'detached' })
  await page.keyboard.press('ArrowRight')
  await page.locator('.shield').click()
  await expect(note.count()).resolves.toBe(0)
  await isPaused(page, 0)
})
