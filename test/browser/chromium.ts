import { accessSync, constants } from 'node:fs'
import type { Browser } from 'playwright-core'
import { findChrome, hasPackedChromium, type Machine } from './installed-chrome.ts'
import { unpackChromium } from './unpacked-chromium.ts'

/** Of the package's own arguments: a test must meet the rules that a person's browser keeps. */
const TOO_LAX = /^--(single-process|disable-web-security|allow-running-insecure-content|autoplay-policy)/

const isProgram = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** The packed Chromium where npm has one for the machine, else the Chrome that is installed. */
export const launchChromium = async (
  env: Record<string, string> = {},
  machine: Machine = { platform: process.platform, arch: process.arch, env: process.env },
): Promise<Browser> => {
  const { executablePath, args } = hasPackedChromium(machine)
    ? await unpackChromium()
    : { executablePath: findChrome(machine, isProgram), args: [] }
  const { chromium } = await import('playwright-core')
  return chromium.launch({
    executablePath,
    // Without the graphics card that the package plays in software: it took more than half of the processor.
    args: [...args.filter((arg) => !TOO_LAX.test(arg)), '--disable-gpu', '--autoplay-policy=no-user-gesture-required'],
    env: { ...process.env, ...env },
  })
}
