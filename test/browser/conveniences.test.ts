import { expect, test } from 'vitest'
import { en } from '../../web/strings/en.ts'
import { areInStep, isInside, isPaused, openPeople, press, setUpHouse } from './house.ts'

// What a player and an invitation are expected to have.

const house = setUpHouse()

const media = () => ({ url: house.sample, title: null, duration: 180 })

test('who points at the seek bar reads the time there, whoever drives', async () => {
  const { code, host } = await house.stage.room({ media: media() }, 'Ana')
  const [ana, bo] = [await house.enter(code, host), await house.enter(code, 'Bo')]
  for (const { page } of [ana, bo]) {
    await isPaused(page, 0)
    const box = await page.locator('.seek-bar').boundingBox()
    if (box === null) throw new Error('There is no seek bar.')
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
    await expect.poll(() => page.locator('.hover-time').textContent()).toMatch(/^1:(29|30)$/)
    await page.mouse.move(box.x + box.width / 2, box.y - 100)
    await page.locator('.hover-time').waitFor({ state: 'detached' })
  }
})

test('the screen stays lit while the video plays, and no longer', async () => {
  const { code, host } = await house.stage.room({ media: media() }, 'Ana')
  const { page, context } = await house.arrive(host)
  await context.addInitScript(() => {
    // The driver's browser has no screen to keep lit: what the page asks for is noted.
    const held = { locks: 0 }
    Object.assign(window, { held })
    const request = async () => {
      held.locks += 1
      return {
        release: async () => {
          held.locks -= 1
        },
      }
    }
    Object.defineProperty(navigator, 'wakeLock', { value: { request }, configurable: true })
  })
  const locks = () => page.evaluate(() => (window as unknown as { held: { locks: number } }).held.locks)
  await page.goto(`${house.url}/r/${code}`)
  await isInside(page)
  await isPaused(page, 0)
  await expect(locks()).resolves.toBe(0)
  await press(page, en.controls.play)
  await areInStep(page)
  await expect.poll(locks).toBe(1)
  await press(page, en.controls.pause)
  await expect.poll(locks).toBe(0)
})

test('an invitation is copied with its link and its password in one', async () => {
  const {
    code,
    host,
    password = '',
  } = await house.stage.room({ name: 'Friday film', is_private: true, entry_mode: 'PASSWORD' }, 'Ana')
  const { page, context } = await house.arrive(host)
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: house.url })
  await context.addInitScript(
    ([key, kept]) => {
      if (self.origin !== 'null') sessionStorage.setItem(key, kept)
    },
    [`streamit.password.${code}`, password] as const,
  )
  await page.goto(`${house.url}/r/${code}`)
  await isInside(page)
  await press(page, en.room.invite)
  await press(page, en.inviteDialog.copyInvitation)
  await page.getByRole('button', { name: en.copied }).waitFor()
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  expect(copied).toBe(
    `${en.inviteDialog.invitation('Friday film')} ${en.inviteDialog.passwordIs(password)}\n${house.url}/r/${code}`,
  )
})

test('a phone offers its own way of sharing', async () => {
  const { code, host } = await house.stage.room({ name: 'Friday film' }, 'Ana')
  const { page, context } = await house.arrive(host, { hasTouch: true, isMobile: true })
  await context.addInitScript(() => {
    // There is no sheet in the driver's browser: what the page hands over is noted.
    Object.defineProperty(navigator, 'share', { value: async (shared: ShareData) => Object.assign(window, { shared }) })
  })
  await page.goto(`${house.url}/r/${code}`)
  await isInside(page)
  await press(page, en.room.invite)
  await press(page, en.inviteDialog.share)
  await expect
    .poll(() => page.evaluate(() => (window as unknown as { shared?: ShareData }).shared))
    .toMatchObject({ url: `${house.url}/r/${code}`, text: en.inviteDialog.invitation('Friday film') })
})

test('who waits is told that nobody is there, and that somebody came', async () => {
  const { code, host } = await house.stage.room({ is_private: true, entry_mode: 'APPROVAL' }, 'Ana')
  const { page } = await house.arrive('Bo')
  await page.goto(`${house.url}/r/${code}`)
  await press(page, en.invite.ask)
  await page.getByText(en.invite.nobodyThere('Ana')).waitFor()
  await house.enter(code, host)
  await page.getByText(en.invite.nobodyThere('Ana')).waitFor({ state: 'detached' })
  await page.getByText(en.invite.waiting).waitFor()
})

test('removing somebody is asked about, and can be thought better of', async () => {
  const { code, host } = await house.stage.room({ media: media() }, 'Ana')
  const [ana, bo] = [await house.enter(code, host), await house.enter(code, 'Bo')]
  await openPeople(ana.page)
  await press(ana.page, en.people.menu('Bo'))
  await press(ana.page, en.people.kick)
  const dialog = ana.page.getByRole('dialog', { name: en.people.kickTitle('Bo') })
  await dialog.getByRole('button', { name: en.cancel }).click()
  await dialog.waitFor({ state: 'detached' })
  await isInside(bo.page)
  await press(ana.page, en.people.kick)
  await dialog.getByRole('button', { name: en.people.kick, exact: true }).click()
  await bo.page.getByRole('heading', { name: en.ended.kicked.title }).waitFor()
})

test('a question about somebody stays where they leave meanwhile, and its answer holds', async () => {
  const { code, host } = await house.stage.room()
  const { page } = await house.enter(code, host)
  const bo = await house.enter(code, 'Bo')
  await openPeople(page)
  await press(page, en.people.menu('Bo'))
  await press(page, en.people.ban)
  await page.getByRole('dialog').waitFor()
  await bo.context.close()
  await page.locator('.person[data-online=false]').waitFor()
  await page.getByRole('dialog').getByRole('button', { name: en.people.ban, exact: true }).click()
  await page.getByRole('heading', { name: en.people.banned }).waitFor()
  expect(await page.getByRole('dialog').count()).toBe(0)
  expect(await page.locator('.person-menu').count()).toBe(0)
})

test('it can be installed: the browser takes the manifest, and every icon has the size that it says', async () => {
  const { page, context } = await house.arrive()
  await page.goto(house.url)
  const address = await page.locator('link[rel=manifest]').getAttribute('href')
  const answer = await page.request.get(`${house.url}${address}`)
  expect(answer.headers()['content-type']).toBe('application/manifest+json')
  const { icons }: { icons: { src: string; sizes: string }[] } = await answer.json()
  const touch = await page.locator('link[rel=apple-touch-icon]').getAttribute('href')
  for (const { src, sizes } of [...icons, { src: touch ?? '', sizes: '180x180' }]) {
    const size = await page.evaluate(async (path) => {
      const image = new Image()
      image.src = path
      await image.decode()
      return `${image.naturalWidth}x${image.naturalHeight}`
    }, src)
    if (sizes !== 'any') expect(size, src).toBe(sizes)
  }
  const tools = await context.newCDPSession(page)
  await expect(tools.send('Page.getAppManifest')).resolves.toMatchObject({ errors: [] })
})
