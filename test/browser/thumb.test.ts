import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { en } from '../../web/strings/en.ts'
import { hears, press, setUpHouse } from './house.ts'
import { looksRight, manySizes } from './looks.ts'

// The room under a thumb: small windows, windows that change, and everything in reach in all of them.

const house = setUpHouse()

const upright = { width: 360, height: 640 }
/** What a keyboard leaves of it. */
const aboveKeyboard = { width: 360, height: 330 }

/** A room in which Bo and Cy have said much, in turns. */
const openTalk = async () => {
  const media = { url: house.sample, title: null, duration: 180 }
  const { code, host } = await house.stage.room({ name: 'Friday film', media }, 'Ana')
  const speakers = await Promise.all(
    ['Bo', 'Cy'].map(async (name) => house.stage.enter(code, await house.stage.member(code, name))),
  )
  // Newcomers share one budget for a minute (C8).
  house.stage.elapse(61_000)
  for (let count = 0; count < 16; count += 1) {
    const speaker = speakers[count % 2]
    speaker?.send({ type: 'CHAT_MESSAGE', message: `message number ${count}` })
    await speaker?.next('CHAT_MESSAGE', ({ message }) => message === `message number ${count}`)
  }
  return { code, host, speakers }
}

const field = (page: Page) => page.getByLabel(en.chat.placeholder, { exact: true })
/** Pixels of the talk below what is in sight. */
const belowSight = (page: Page): Promise<number> =>
  page.locator('.messages').evaluate((list) => list.scrollHeight - list.scrollTop - list.clientHeight)
const staysAtEnd = (page: Page) => expect.poll(() => belowSight(page)).toBeLessThan(2)

const messagesInSight = (page: Page): Promise<number> =>
  page.locator('.messages').evaluate((list) => {
    const box = list.getBoundingClientRect()
    const isInSight = (text: Element) => {
      const { top, bottom } = text.getBoundingClientRect()
      return top >= box.top - 1 && bottom <= box.bottom + 1 && bottom <= innerHeight
    }
    return [...list.querySelectorAll('.message-text')].filter(isInSight).length
  })

test('the end of the talk stays in sight when its box changes', async () => {
  const { code, host, speakers } = await openTalk()
  const { page } = await house.enter(code, host, { viewport: upright })
  await hears(page, 'message number 15')
  await staysAtEnd(page)
  for (const size of [aboveKeyboard, upright, { width: 640, height: 360 }, upright, { width: 1280, height: 800 }]) {
    await page.setViewportSize(size)
    await staysAtEnd(page)
  }
  await field(page).fill('one\ntwo\nthree\nfour')
  await staysAtEnd(page)
  await field(page).fill('x'.repeat(900))
  await staysAtEnd(page)

  // Who reads further up stays there, and is told of what comes.
  await page.locator('.messages').evaluate((list) => list.scrollTo({ top: 0 }))
  await expect.poll(() => belowSight(page)).toBeGreaterThan(60)
  await field(page).fill('one\ntwo\nthree')
  speakers[0]?.send({ type: 'CHAT_MESSAGE', message: 'And you?' })
  await page.getByRole('button', { name: en.chat.newMessages(1) }).waitFor()
  await expect(belowSight(page)).resolves.toBeGreaterThan(60)
})

test.each([
  { ...aboveKeyboard, least: 5 },
  { width: 400, height: 400, least: 5 },
  { width: 640, height: 160, least: 2 },
])('above a keyboard, $width x $height, $least messages and the field are in sight', async ({ least, ...size }) => {
  const { code, host } = await openTalk()
  const { page } = await house.enter(code, host, { viewport: upright, hasTouch: true, isMobile: true })
  await hears(page, 'message number 15')
  await field(page).tap()
  await page.setViewportSize(size)
  await staysAtEnd(page)
  await expect.poll(() => messagesInSight(page)).toBeGreaterThanOrEqual(least)
  const box = await field(page).boundingBox()
  expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(size.height)
  await looksRight(page, `keyboard-${size.height}`, [size])

  // The button beside it belongs to it: nothing jumps away under the thumb.
  await field(page).fill('Is everybody comfortable?')
  await page.getByRole('button', { name: en.chat.send, exact: true }).tap()
  await hears(page, 'Is everybody comfortable?')
  await staysAtEnd(page)
  await field(page).blur()
  await page.setViewportSize(upright)
  await page.getByRole('button', { name: en.room.invite }).waitFor()
})

/** What a person can use here, and cannot get at. */
const outOfReach = async (page: Page): Promise<string[]> => {
  const found: string[] = []
  for (const control of await page.locator('.room :is(button, a, input, textarea):visible').all()) {
    // Away from everything, so that nothing is drawn for what was used before.
    await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur())
    await control.evaluate((element) => element.scrollIntoView({ block: 'nearest', inline: 'nearest' }))
    const problem = await control.evaluate((element) => {
      const { left, right, top, bottom } = element.getBoundingClientRect()
      const name = element.getAttribute('aria-label') ?? element.textContent ?? element.tagName
      if (left < -1 || top < -1 || right > innerWidth + 1 || bottom > innerHeight + 1)
        return `${name} at ${[left, top, right, bottom].map(Math.round)} is beyond the window`
      for (const share of [0.1, 0.5, 0.9]) {
        const hit = document.elementFromPoint(left + (right - left) * share, (top + bottom) / 2)
        if (hit === null || !(element.contains(hit) || hit.contains(element)))
          return `${name} at ${[left, top, right, bottom].map(Math.round)} is below ${hit?.outerHTML.slice(0, 80)}`
      }
      return null
    })
    if (problem !== null) found.push(problem)
  }
  return found
}

const small = [
  { width: 360, height: 640 },
  { width: 320, height: 568 },
  { width: 568, height: 320 },
  { width: 640, height: 360 },
  { width: 667, height: 375 },
  { width: 740, height: 360 },
  { width: 896, height: 414 },
  // A laptop's window at 200, 300 and 400 %, and what WCAG 1.4.10 asks for.
  { width: 640, height: 400 },
  { width: 427, height: 267 },
  { width: 320, height: 256 },
  { width: 320, height: 200 },
] as const

describe('every control is in reach', () => {
  test('for the host and for a viewer, with a video', async () => {
    const { code, host } = await openTalk()
    const bo = await house.stage.member(code, 'Dee')
    for (const person of [host, bo]) {
      const { page } = await house.enter(code, person)
      await page.locator('.stage[data-status=ready]').waitFor()
      for (const size of small) {
        await page.setViewportSize(size)
        await expect(outOfReach(page), `${person.name}, ${size.width} x ${size.height}`).resolves.toEqual([])
        await field(page).focus()
        await staysAtEnd(page)
        expect(await messagesInSight(page), `messages, ${size.width} x ${size.height}`).toBeGreaterThan(0)
        const box = await field(page).boundingBox()
        expect((box?.y ?? 0) + (box?.height ?? 0), `${size.width} x ${size.height}`).toBeLessThanOrEqual(size.height)
        await field(page).blur()
      }
    }
  })

  test('for the host of an empty room with somebody at the door', async () => {
    const { code, host } = await house.stage.room({ is_private: true, entry_mode: 'APPROVAL' }, 'Ana')
    const { page } = await house.enter(code, host)
    const bo = await house.stage.guest('Bartholomew Featherstonehaugh')
    await house.stage.request('POST', '/api/rooms/join/', { body: { code }, token: bo.token })
    await page.getByRole('button', { name: en.requests.approveName(bo.name) }).waitFor()
    for (const size of small) {
      await page.setViewportSize(size)
      await expect(outOfReach(page), `${size.width} x ${size.height}`).resolves.toEqual([])
    }
  })
})

test('the room in every size', async () => {
  const { code, host } = await openTalk()
  const { page } = await house.enter(code, host)
  await page.locator('.stage[data-status=ready]').waitFor()
  await looksRight(page, 'room-sizes', manySizes)
  // Browsers with scroll bars would show one beside the room.
  const below = await page.evaluate(() => document.documentElement.scrollHeight - innerHeight)
  expect(below).toBe(0)
  await page.setViewportSize({ width: 1920, height: 1080 })
  expect((await page.locator('.panel').boundingBox())?.width).toBeGreaterThan(400)
})

test('a card that is alone on its page stands in its middle, and a question can be answered with no', async () => {
  const { page } = await house.arrive('Ana')
  await page.goto(`${house.url}/nowhere`)
  const card = page.locator('.card')
  await card.waitFor()
  for (const size of [upright, { width: 1280, height: 800 }]) {
    await page.setViewportSize(size)
    const box = await card.boundingBox()
    expect(Math.abs((box?.y ?? 0) + (box?.height ?? 0) / 2 - size.height / 2)).toBeLessThan(size.height * 0.08)
  }
  await page.goto(`${house.url}/account`)
  await press(page, en.account.delete)
  await looksRight(page, 'confirm')
  await press(page, en.cancel)
  await page.getByRole('dialog').waitFor({ state: 'detached' })
})

test('what loads as a whole page does so in its middle', async () => {
  const { code } = await house.stage.room()
  const { page } = await house.arrive(await house.stage.member(code, 'Bo'))
  await page.route(/\/api\/rooms\/detail/, () => {})
  await page.goto(`${house.url}/r/${code}`)
  const box = await page.locator('.loading-mark').boundingBox()
  const height = page.viewportSize()?.height ?? 0
  expect(Math.abs((box?.y ?? 0) + (box?.height ?? 0) / 2 - height / 2)).toBeLessThan(height * 0.05)
  await page.unrouteAll()
})
