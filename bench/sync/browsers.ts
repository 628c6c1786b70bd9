import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'

/** Of the packed browser, as the browser tests unpack it. */
const VERSION = '153.0.0'
/** What a person's browser does not have, and OpenGL in software: it takes four times the processor of the video itself. */
const LEFT_OUT =
  /^--(single-process|disable-web-security|allow-running-insecure-content|autoplay-policy|in-process-gpu|use-gl|use-angle|enable-unsafe-swiftshader|ignore-gpu-blocklist)/
const ADDED = ['--disable-gpu', '--autoplay-policy=no-user-gesture-required']

/** Browsers of their own, as of so many people: nothing is shared but the machine. */
export const launchBrowsers = async (count: number): Promise<Browser[]> => {
  const folder = join(import.meta.dirname, '..', '..', '.build', `chromium-${VERSION}`)
  mkdirSync(folder, { recursive: true })
  // Where the package unpacks its browser to, and keeps one of any version that lies there.
  process.env.TMPDIR = folder
  const { default: chromium } = await import('@sparticuz/chromium')
  const { chromium: launcher } = await import('playwright-core')
  const executablePath = await chromium.executablePath()
  const args = [...chromium.args.filter((arg) => !LEFT_OUT.test(arg)), ...ADDED]
  return Promise.all(Array.from({ length: count }, () => launcher.launch({ executablePath, args })))
}
