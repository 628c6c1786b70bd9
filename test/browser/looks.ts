import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

type Size = { width: number; height: number }

const folder = join(import.meta.dirname, '..', '..', '.screenshots')
const phone: Size = { width: 360, height: 740 }
const usual: readonly Size[] = [phone, { width: 1280, height: 800 }]
/** Phones upright and on their side, a laptop, a large screen. */
export const manySizes: readonly Size[] = [
  { width: 360, height: 640 },
  { width: 568, height: 320 },
  { width: 640, height: 360 },
  { width: 740, height: 360 },
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
]

/** Drawing some hundred pictures takes minutes, and a run that nobody looks at has no use for them. */
const takesPictures = process.env.PICTURES !== undefined

const expectFits = async (page: Page, name: string, size: Size): Promise<void> => {
  await page.setViewportSize(size)
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(overflow, `${name} at ${size.width} px is wider than the window by`).toBeLessThanOrEqual(0)
}

/** Finds nothing wider than a phone, where another language has longer words and the page is the same but for them. */
export const fitsPhone = async (page: Page, name: string): Promise<void> => {
  await expectFits(page, name, phone)
  if (!takesPictures) return
  mkdirSync(folder, { recursive: true })
  await page.screenshot({ path: join(folder, `${name}-${phone.width}.png`), fullPage: true })
}

/**
 * Finds nothing in the page that axe objects to, and nothing wider than the window, light and dark. With PICTURES=1 it
 * leaves pictures of all that.
 */
export const looksRight = async (page: Page, name: string, sizes: readonly Size[] = usual): Promise<void> => {
  if (takesPictures) mkdirSync(folder, { recursive: true })
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    for (const size of sizes) {
      await expectFits(page, name, size)
      if (takesPictures) await page.screenshot({ path: join(folder, `${name}-${size.width}-${colorScheme}.png`) })
    }
    // In the dark the same page has other colours, and nothing else.
    // Frames of others are not ours to look into, and without them axe needs no window of its own.
    const axe = new AxeBuilder({ page }).setLegacyMode()
    const { violations } = await (colorScheme === 'dark' ? axe.withRules(['color-contrast']) : axe).analyze()
    const found = violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => ({ id, html, failureSummary })),
    )
    expect(found, `${name}, ${colorScheme}`).toEqual([])
  }
}
