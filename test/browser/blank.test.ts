import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { de } from '../../web/strings/de.ts'
import { en } from '../../web/strings/en.ts'
import { hears, isInside, press, say, setUpHouse } from './house.ts'
import { looksRight } from './looks.ts'

// No page goes blank, whatever does not come and whatever the browser says.

const house = setUpHouse()

const openRoom = () => house.stage.room({ media: { url: house.sample, title: null, duration: 180 }, name: 'Friday' })

/** The film is seen to run. */
const goesOn = async (page: Page): Promise<void> => {
  const position = () => page.locator('video').evaluate((video) => (video as HTMLVideoElement).currentTime)
  const before = await position()
  await expect.poll(position).toBeGreaterThan(before)
}

/** Refuses the first `times` requests for files of that name. */
const lose = async (page: Page, name: RegExp, times: number): Promise<() => number> => {
  let asked = 0
  await page.route(name, (route) => {
    asked += 1
    return asked <= times ? route.abort() : route.continue()
  })
  return () => asked
}

test.each([
  ['the script', /room-entrance-[^/]*\.js/],
  ['the style sheet', /room-entrance-[^/]*\.css/],
])('a room comes although %s of it is lost once', async (_name, file) => {
  const { code } = await openRoom()
  const { page } = await house.arrive(await house.stage.member(code, 'Bo'))
  const asked = await lose(page, file, 1)
  await page.goto(`${house.url}/r/${code}`)
  await isInside(page)
  expect(asked()).toBe(2)
  await expect(page.locator('.room').evaluate((room) => getComputedStyle(room).overflowX)).resolves.toBe('hidden')
})

test('a room whose script does not come says so, and comes when it is loaded again', async () => {
  const { code } = await openRoom()
  const { page } = await house.arrive(await house.stage.member(code, 'Bo'), {
    mayComplain: /part of the page was not loaded/,
  })
  await lose(page, /room-entrance-[^/]*\.js/, 2)
  await page.goto(house.url)
  await page.getByRole('link', { name: 'Friday' }).first().click()
  await page.getByRole('heading', { name: en.broken.chunk.title }).waitFor()
  await looksRight(page, 'broken-chunk')
  await press(page, en.broken.reload)
  await isInside(page)
})

test('going back from a page that is broken leads to one that is whole', async () => {
  const { code } = await openRoom()
  const { page } = await house.arrive(await house.stage.member(code, 'Bo'), {
    mayComplain: /part of the page was not loaded/,
  })
  await lose(page, /room-entrance-[^/]*\.js/, 9)
  await page.goto(house.url)
  await page.getByRole('link', { name: 'Friday' }).first().click()
  await page.getByRole('heading', { name: en.broken.chunk.title }).waitFor()
  await page.goBack()
  await page.getByRole('heading', { name: en.create.title }).waitFor()
  expect(code).not.toBe('')
})

test('a language that does not come is replaced by English', async () => {
  const { page } = await house.arrive(undefined, { locale: 'de-DE' })
  const asked = await lose(page, /\/de-[^/]*\.js/, 2)
  await page.goto(house.url)
  await page.getByRole('heading', { name: en.home.title }).waitFor()
  expect(asked()).toBe(2)
  await page.unrouteAll()
  await page.reload()
  await page.getByRole('heading', { name: de.home.title }).waitFor()
})

test('a page whose first script does not come says so', async () => {
  const { page } = await house.arrive()
  await lose(page, /\/assets\/index-[^/]*\.js/, 1)
  await page.goto(house.url)
  await page.getByRole('link', { name: 'go home' }).click()
  await page.getByRole('heading', { name: en.home.title }).waitFor()
})

test('a chat that breaks does not stop the film, and comes back', async () => {
  const { code, host } = await openRoom()
  const ana = await house.enter(code, host)
  const bo = await house.enter(code, 'Bo', { mayComplain: /no clock/ })
  await press(ana.page, en.controls.play)
  await goesOn(bo.page)
  // What the browser makes of a time is beyond the page.
  const broken = await bo.page.evaluateHandle(() => {
    const { get } = Object.getOwnPropertyDescriptor(Intl.DateTimeFormat.prototype, 'format') ?? {}
    Object.defineProperty(Intl.DateTimeFormat.prototype, 'format', {
      configurable: true,
      get: () => {
        throw new RangeError('There is no clock.')
      },
    })
    return { get }
  })
  await say(ana.page, 'Is everybody comfortable?')
  await bo.page.getByText(en.broken.panel).waitFor()
  await looksRight(bo.page, 'broken-panel')
  await goesOn(bo.page)
  await broken.evaluate(({ get }) => {
    if (get !== undefined) Object.defineProperty(Intl.DateTimeFormat.prototype, 'format', { configurable: true, get })
  })
  await press(bo.page, en.tryAgain)
  await hears(bo.page, 'Is everybody comfortable?')
})

test('a stage that breaks does not stop the chat, and comes back', async () => {
  const { code, host } = await openRoom()
  const ana = await house.enter(code, host)
  const bo = await house.enter(code, 'Bo', { mayComplain: /no digits/ })
  const broken = await bo.page.evaluateHandle(() => {
    // Only the stage tells the browser what plays.
    const whole = Object.getOwnPropertyDescriptor(MediaSession.prototype, 'playbackState') ?? {}
    Object.defineProperty(MediaSession.prototype, 'playbackState', {
      configurable: true,
      set: () => {
        throw new RangeError('There are no digits.')
      },
    })
    return { whole }
  })
  await press(ana.page, en.controls.play)
  await bo.page.getByText(en.broken.stage).waitFor()
  await looksRight(bo.page, 'broken-stage')
  await say(ana.page, 'Is everybody comfortable?')
  await hears(bo.page, 'Is everybody comfortable?')
  await broken.evaluate(({ whole }) => {
    Object.defineProperty(MediaSession.prototype, 'playbackState', whole)
  })
  await press(bo.page, en.tryAgain)
  await goesOn(bo.page)
})

const withoutStorage = {
  // As Firefox where cookies are blocked: what keeps something and what reaches other tabs is refused.
  throws: () => {
    const refuse = () => {
      throw new DOMException('The document may not keep anything.', 'SecurityError')
    }
    for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty(globalThis, name, { get: refuse })
    const channel = class {
      constructor() {
        refuse()
      }
    }
    Object.defineProperty(globalThis, 'BroadcastChannel', { value: channel })
  },
  'is null': () => {
    for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty(globalThis, name, { value: null })
  },
  'is full': () => {
    Storage.prototype.setItem = () => {
      throw new DOMException('There is no room left.', 'QuotaExceededError')
    }
  },
}

test.each(Object.entries(withoutStorage))('everything works where storage %s', async (_name, block) => {
  const { page } = await house.arrive()
  await page.addInitScript(block)
  await page.goto(house.url)
  await page.getByLabel(en.yourName).fill('Ana')
  await page.locator('details.more summary').click()
  await page.getByRole('radio', { name: en.entry.password }).check({ force: true })
  await press(page, en.link.useSample)
  await press(page, en.create.submit)
  await isInside(page)
  await press(page, en.controls.play)
  await goesOn(page)
  await page.keyboard.press('m')
  await page.getByRole('button', { name: en.controls.unmute }).waitFor()
  // The room's password, which is told once, is remembered as well.
  await press(page, en.room.invite)
  await page.getByLabel(en.invite.password).waitFor()
})

test('who asks to come in where storage throws can stop asking, and has left', async () => {
  const { code, host } = await house.stage.room({ is_private: true, entry_mode: 'APPROVAL' })
  const { page } = await house.arrive()
  await page.addInitScript(withoutStorage.throws)
  await page.goto(`${house.url}/r/${code}`)
  await page.getByLabel(en.yourName).fill('Ana')
  await press(page, en.invite.ask)
  await page.getByText(en.invite.waiting).waitFor()
  const waiting = async () => {
    const { participants } = await house.stage.call('rooms/participants', { room_id: code }, host)
    return participants.filter(({ status }) => status === 'PENDING').map(({ display_name }) => display_name)
  }
  expect(await waiting()).toEqual(['Ana'])
  await press(page, en.invite.stopWaiting)
  await page.getByRole('button', { name: en.invite.ask, exact: true }).waitFor()
  // Sooner than the wish would be over because nobody repeats it.
  await expect.poll(waiting, { timeout: 10_000 }).toEqual([])
})

test('a language is chosen where storage throws', async () => {
  const { page } = await house.arrive()
  await page.addInitScript(withoutStorage.throws)
  await page.goto(house.url)
  await press(page, 'Deutsch')
  await page.getByRole('heading', { name: de.home.title }).waitFor()
  await press(page, 'English')
  await page.getByRole('heading', { name: en.home.title }).waitFor()
})

test.each(['//', '//streamit.example/r/K7WQ3F', '/\\streamit.example', '/.//streamit.example', '/sign-in', 'x', ''])(
  'signing in with next=%s leads home',
  async (next) => {
    const { page } = await house.arrive()
    await page.goto(`${house.url}/sign-in?next=${encodeURIComponent(next)}`)
    await page.getByLabel(en.yourName).fill('Ana')
    await press(page, en.signIn.guestSubmit)
    await page.getByRole('heading', { name: en.create.title }).waitFor()
    expect(page.url()).toBe(`${house.url}/`)
  },
)

test.each(['/r/%E0%A4%A', '/%', '/r/', '/r/%2F'])('the address %s leads to a page with a way on', async (path) => {
  const { page } = await house.arrive()
  await page.goto(`${house.url}${path}`)
  await page.getByRole('heading').first().waitFor()
})
