import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { en } from '../../web/strings/en.ts'
import { areInStep, hears, isPaused, isTold, press, say, setUpHouse } from './house.ts'

// Between the messages stands what has happened; what is said leads somewhere.

const house = setUpHouse()

const watching = () =>
  house.stage.room({ name: 'Friday film', media: { url: house.sample, title: null, duration: 180 } }, 'Ana')

test('the chat tells who came and went, what the video did and who hosts', async () => {
  const { code, host } = await watching()
  const { page } = await house.enter(code, host)
  const lines = page.locator('.activity')
  const bo = await house.enter(code, 'Bo')
  await lines.getByText(en.activity.joined(['Bo'], 0)).waitFor()
  const cy = await house.enter(code, 'Cy')
  await lines.getByText(en.activity.joined(['Bo', 'Cy'], 0)).waitFor()
  await press(page, en.controls.play)
  await areInStep(page)
  await bo.page.locator('.activity', { hasText: en.activity.played('Ana', '0:00') }).waitFor()
  await say(page, 'Look')
  await hears(bo.page, 'Look')
  await house.stage.call('rooms/leave', { room_id: code }, cy.person)
  await lines.getByText(en.activity.left(['Cy'], 0)).waitFor()
  await isTold(page, en.narrator.left('Cy'))
  await house.stage.call('rooms/transfer', { room_id: code, user_id: bo.person?.id }, host)
  await house.stage.call('rooms/accept-transfer', { room_id: code, accept: true }, bo.person)
  await lines.getByText(en.activity.handedOver('Bo')).waitFor()
  const media = { url: `${house.sample}?2`, title: 'Second film', duration: 180 }
  await house.stage.call('rooms/settings', { room_id: code, media }, bo.person)
  await lines.getByText(en.activity.changed('Bo', 'Second film')).waitFor()
  await expect(lines.getByText(en.activity.sought('Bo', '0:00')).count()).resolves.toBe(0)
})

test('the lines can be switched off, and stay off', async () => {
  const { code, host } = await watching()
  const { page } = await house.enter(code, host)
  await house.enter(code, 'Bo')
  await page.locator('.activity').waitFor()
  await press(page, en.notices.title)
  await page.getByRole('switch', { name: en.notices.activity }).click()
  await page.keyboard.press('Escape')
  await page.locator('.activity').waitFor({ state: 'detached' })
  await page.reload()
  await isPaused(page, 0)
  await house.enter(code, 'Cy')
  await isTold(page, en.narrator.joined('Cy'))
  await expect(page.locator('.activity').count()).resolves.toBe(0)
})

test('links in the chat can be followed and times lead the host to them; nothing said is taken for markup', async () => {
  const { code, host } = await watching()
  const { page } = await house.enter(code, host)
  const bo = await house.enter(code, 'Bo')
  await isPaused(page, 0)
  await say(bo.page, 'See https://example.com/a?b=1. Best at 1:23 <img src=x onerror=alert(1)> javascript:alert(1)')
  await hears(page, 'Best at')
  const link = page.locator('.message-text a')
  await expect(link.evaluateAll((all) => all.map((each) => each.getAttribute('href')))).resolves.toEqual([
    'https://example.com/a?b=1',
  ])
  await expect(link.getAttribute('rel')).resolves.toContain('noopener')
  await expect(link.getAttribute('target')).resolves.toBe('_blank')
  await expect(page.locator('.message-text img').count()).resolves.toBe(0)
  await expect(bo.page.locator('.message-text button').count()).resolves.toBe(0)
  await page.locator('.message-text').getByRole('button', { name: '1:23' }).click()
  await Promise.all([isPaused(page, 83), isPaused(bo.page, 83)])
})

/** The page as it is while its person looks at another tab. */
const lookAway = (page: Page) =>
  page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true })
    document.dispatchEvent(new Event('visibilitychange'))
  })

test('the tab counts what was said and who knocked while its person was elsewhere', async () => {
  const { code, host } = await house.stage.room({ name: 'Door', is_private: true, entry_mode: 'APPROVAL' }, 'Ana')
  const { page } = await house.enter(code, host)
  await expect.poll(() => page.title()).toBe('Door · StreamIt')
  const bo = await house.stage.member(code, 'Bo')
  await expect.poll(() => page.title()).toBe('(1) Door · StreamIt')
  await house.stage.call('rooms/approve', { room_id: code, user_id: bo.id }, host)
  await expect.poll(() => page.title()).toBe('Door · StreamIt')
  await lookAway(page)
  const socket = await house.stage.enter(code, bo)
  socket.send({ type: 'CHAT_MESSAGE', message: 'Hello' })
  socket.send({ type: 'CHAT_MESSAGE', message: 'Anybody?' })
  await expect.poll(() => page.title()).toBe('(2) Door · StreamIt')
})

test('a knock and one’s name sound; a notification comes where it was asked for and the page is hidden', async () => {
  const { code, host } = await house.stage.room({ name: 'Door', is_private: true, entry_mode: 'APPROVAL' }, 'Ana')
  const { page, context } = await house.enter(code, host)
  await context.grantPermissions(['notifications'], { origin: house.url })
  await page.evaluate(() => {
    // What reaches the loudspeaker and the desktop is noted, and goes on there.
    const noted = { sounds: 0, notices: [] as string[] }
    Object.assign(window, { noted })
    const { start } = OscillatorNode.prototype
    OscillatorNode.prototype.start = function (when) {
      noted.sounds += 1
      return start.call(this, when)
    }
    window.Notification = new Proxy(Notification, {
      construct: (target, [title, options]: [string, NotificationOptions]) => {
        noted.notices.push(`${title}: ${options.body}`)
        return Reflect.construct(target, [title, options])
      },
    })
  })
  const noted = () => page.evaluate(() => (window as unknown as { noted: { sounds: number; notices: string[] } }).noted)
  await press(page, en.notices.title)
  await page.getByRole('switch', { name: en.notices.notification }).click()
  await page.getByRole('switch', { name: en.notices.notification, checked: true }).waitFor()
  await page.keyboard.press('Escape')
  const bo = await house.stage.member(code, 'Bo')
  await expect.poll(noted).toEqual({ sounds: 2, notices: [] })
  await house.stage.call('rooms/approve', { room_id: code, user_id: bo.id }, host)
  await lookAway(page)
  const socket = await house.stage.enter(code, bo)
  socket.send({ type: 'CHAT_MESSAGE', message: 'Banana' })
  socket.send({ type: 'CHAT_MESSAGE', message: 'Where are you, ana?' })
  await expect.poll(noted).toEqual({ sounds: 4, notices: ['Door: Bo: Where are you, ana?'] })
  await press(page, en.notices.title)
  await page.getByRole('switch', { name: en.notices.sound }).click()
  await page.keyboard.press('Escape')
  socket.send({ type: 'CHAT_MESSAGE', message: '@Ana!' })
  await expect.poll(async () => (await noted()).notices.length).toBe(2)
  await expect(noted()).resolves.toMatchObject({ sounds: 4 })
})
