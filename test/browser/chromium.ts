import { accessSync, constants, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, LaunchOptions } from 'playwright-core'
import { findChrome, hasPackedChromium, type Machine } from './installed-chrome.ts'

const root = join(import.meta.dirname, '..', '..')
/** Of the packed browser: it is unpacked once into a folder, whatever version lies there already. */
const VERSION = '153.0.0'

/** Of the package's own arguments: a test must meet the rules that a person's browser keeps. */
const TOO_LAX = /^--(single-process|disable-web-security|allow-running-insecure-content|autoplay-policy)/

type Program = Required<Pick<LaunchOptions, 'executablePath' | 'args'>>

/** A real Chromium that comes from npm, so that a machine needs nothing installed. */
export const unpackChromium = async (): Promise<Program> => {
  const folder = join(root, '.build', `chromium-${VERSION}`)
  mkdirSync(folder, { recursive: true })
  const { TMPDIR } = process.env
  process.env.TMPDIR = folder
  try {
    const { default: chromium } = await import('@sparticuz/chromium')
    const executablePath = await chromium.executablePath()
    return { executablePath, args: chromium.args.filter((arg) => !TOO_LAX.test(arg)) }
  } finally {
    if (TMPDIR === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = TMPDIR
  }
}

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
    args: [...args, '--autoplay-policy=no-user-gesture-required'],
    env: { ...process.env, ...env },
  })
}
