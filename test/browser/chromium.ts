import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'

const root = join(import.meta.dirname, '..', '..')
/** Of the packed browser: it is unpacked once into a folder, whatever version lies there already. */
const VERSION = '153.0.0'

/** Of the package's own arguments: a test must meet the rules that a person's browser keeps. */
const TOO_LAX = /^--(single-process|disable-web-security|allow-running-insecure-content|autoplay-policy)/

/** A real Chromium that comes from npm, so that a machine needs nothing installed. */
export const launchChromium = async (env: Record<string, string> = {}): Promise<Browser> => {
  const folder = join(root, '.build', `chromium-${VERSION}`)
  mkdirSync(folder, { recursive: true })
  const { TMPDIR } = process.env
  process.env.TMPDIR = folder
  try {
    const { default: chromium } = await import('@sparticuz/chromium')
    const { chromium: launcher } = await import('playwright-core')
    const executablePath = await chromium.executablePath()
    const args = chromium.args.filter((arg) => !TOO_LAX.test(arg))
    return await launcher.launch({
      executablePath,
      args: [...args, '--autoplay-policy=no-user-gesture-required'],
      env: { ...process.env, ...env },
    })
  } finally {
    if (TMPDIR === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = TMPDIR
  }
}
