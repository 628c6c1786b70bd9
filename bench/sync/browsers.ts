import type { Browser } from 'playwright-core'
import { unpackChromium } from '../../test/browser/unpacked-chromium.ts'

/** What a person's browser does not have, and OpenGL in software: it takes four times the processor of the video itself. */
const LEFT_OUT =
  /^--(single-process|disable-web-security|allow-running-insecure-content|autoplay-policy|in-process-gpu|use-gl|use-angle|enable-unsafe-swiftshader|ignore-gpu-blocklist)/
const ADDED = ['--disable-gpu', '--autoplay-policy=no-user-gesture-required']

/** Browsers of their own, as of so many people: nothing is shared but the machine. */
export const launchBrowsers = async (count: number): Promise<Browser[]> => {
  const { chromium } = await import('playwright-core')
  const { executablePath, args } = await unpackChromium()
  const kept = [...args.filter((arg) => !LEFT_OUT.test(arg)), ...ADDED]
  return Promise.all(Array.from({ length: count }, () => chromium.launch({ executablePath, args: kept })))
}
