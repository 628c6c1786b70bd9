import { expect, test } from 'vitest'
import { en } from '../../web/strings/en.ts'
import { areInStep, hears, isInside, press, say, setUpHouse } from './house.ts'

// What a browser takes over from such a machine is no language tag: Chromium says `en-US@posix`. Nothing may depend on it.

const house = setUpHouse({ lang: 'C.UTF-8' })

test('every page is there on a machine whose language is no language', async () => {
  const { page } = await house.arrive()
  await page.goto(house.url)
  await page.getByRole('heading', { name: en.create.title }).waitFor()
  await expect(page.evaluate(() => navigator.language)).resolves.toBe('en-US@posix')
  await page.getByLabel(en.yourName).fill('Ana')
  await press(page, en.link.useSample)
  await press(page, en.create.submit)
  await isInside(page)
  await press(page, en.controls.play)
  await areInStep(page)
  await say(page, 'Is everybody comfortable?')
  await hears(page, 'Is everybody comfortable?')
  // The clock time beside a message is written in the person's language.
  await expect(page.locator('.message time').last().textContent()).resolves.toMatch(/\d{1,2}:\d{2}/)
  await page.goto(`${house.url}/account`)
  await page.getByLabel(en.password).waitFor()
  await page.goto(`${house.url}/nowhere`)
  await page.getByRole('heading').first().waitFor()
  await page.goto(house.url)
  await page.getByText(en.myRooms.yours).waitFor()
  // Who is signed in is led on from there.
  const stranger = await house.arrive()
  await stranger.page.goto(`${house.url}/sign-in`)
  await stranger.page.getByLabel(en.password).waitFor()
})
