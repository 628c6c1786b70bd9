import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

const folder = join(import.meta.dirname, '..', '..', '.screenshots')
const sizes = [
  { width: 360, height: 740 },
  { width: 1280, height: 800 },
] as const

/** Leaves the page as pictures, narrow and wide, light and dark, and finds nothing in it that axe objects to. */
export const looksRight = async (page: Page, name: string): Promise<void> => {
  mkdirSync(folder, { recursive: true })
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    for (const size of sizes) {
      await page.setViewportSize(size)
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      expect(overflow, `${name} at ${size.width} px is wider than the window by`).toBeLessThanOrEqual(0)
      await page.screenshot({ path: join(folder, `${name}-${size.width}-${colorScheme}.png`) })
    }
    const { violations } = await new AxeBuilder({ page }).analyze()
    const found = violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => ({ id, html, failureSummary })),
    )
    expect(found, `${name}, ${colorScheme}`).toEqual([])
  }
}
