import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { de } from '../../web/strings/de.ts'
import { en } from '../../web/strings/en.ts'
import { isInside, press, setUpHouse } from './house.ts'
import { looksRight } from './looks.ts'

const house = setUpHouse()

const sizes = [
  { width: 1280, height: 800 },
  { width: 360, height: 740 },
]
const bottomOf = async (page: Page, name: string) => {
  const box = await page.getByRole('button', { name, exact: true }).boundingBox()
  return (box?.y ?? Number.NaN) + (box?.height ?? 0)
}

describe.each([
  ['en-GB', en],
  ['de-DE', de],
] as const)('home in %s', (locale, strings) => {
  test.each(sizes)('"Create room" is in sight at once in a window of %o', async (viewport) => {
    const { page } = await house.arrive(undefined, { locale, viewport })
    await page.goto(house.url)
    await page.getByRole('heading', { name: strings.create.title }).waitFor()
    expect(await bottomOf(page, strings.create.submit)).toBeLessThanOrEqual(viewport.height)
  })

  test('shows what a room is and what plays there, and axe objects to nothing', async () => {
    const { page } = await house.arrive(undefined, { locale })
    await page.goto(house.url)
    const picture = page.getByRole('img', { name: strings.home.picture })
    await picture.scrollIntoViewIfNeeded()
    await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(960)
    await page.getByText('Vimeo', { exact: true }).waitFor()
    await page.locator('.more summary').click()
    await looksRight(page, `home-${locale}`)
  })
})

test('a room made here is unlisted, until its maker says that it is to be listed', async () => {
  const { page } = await house.arrive('Ana')
  const create = async (isListed: boolean) => {
    await page.goto(house.url)
    if (isListed) {
      await page.locator('.more summary').click()
      await page.getByRole('switch', { name: en.entry.list }).check()
    }
    await press(page, en.create.submit)
    await isInside(page)
    return page.url().slice(-6)
  }
  const detailOf = (code: string) => house.stage.call('rooms/preview', { code })
  const listed = async () => (await house.stage.call('rooms/public', {})).rooms.map(({ code }) => code)
  const hidden = await create(false)
  expect(await detailOf(hidden)).toMatchObject({ is_private: false })
  expect(await listed()).toEqual([])
  const shown = await create(true)
  await expect.poll(listed).toEqual([shown])
})

test('the host lists a room and takes it off in the settings', async () => {
  const { code, host } = await house.stage.room({ is_private: false, is_listed: false })
  const { page } = await house.enter(code, host)
  const detail = () => house.stage.call('rooms/detail', { code }, host)
  for (const isListed of [true, false]) {
    await press(page, en.room.settings)
    await page.getByRole('switch', { name: en.entry.list }).setChecked(isListed)
    await press(page, en.settings.save)
    await expect.poll(async () => (await detail()).is_listed).toBe(isListed)
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  }
})
