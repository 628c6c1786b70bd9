import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'

const root = join(import.meta.dirname, '..', '..')
/** Of the packed browser: it is unpacked once into a folder, whatever version lies there already. */
const VERSION = '153.0.0'

export type LaunchOptions = {
  /** Browsers refuse sound before the first tap; most tests do without that. */
  autoplay?: 'allowed' | 'needs a tap'
}

/** A real Chromium that comes from npm, so that a machine needs nothing installed. */
export const launchChromium = async ({ autoplay = 'allowed' }: LaunchOptions = {}): Promise<Browser> => {
  const folder = join(root, '.build', `chromium-${VERSION}`)
  mkdirSync(folder, { recursive: true })
  const { TMPDIR } = process.env
  process.env.TMPDIR = folder
  try {
    const { default: chromium } = await import('@sparticuz/chromium')
    const { chromium: launcher } = await import('playwright-core')
    const executablePath = await chromium.executablePath()
    const args = chromium.args.filter((arg) => !arg.startsWith('--autoplay-policy') && arg !== '--single-process')
    const policy = autoplay === 'allowed' ? 'no-user-gesture-required' : 'document-user-activation-required'
    return await launcher.launch({ executablePath, args: [...args, `--autoplay-policy=${policy}`], headless: true })
  } finally {
    if (TMPDIR === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = TMPDIR
  }
}
