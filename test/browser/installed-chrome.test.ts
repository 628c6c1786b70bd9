import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { launchChromium } from './chromium.ts'
import { findChrome, hasPackedChromium, placesOfChrome } from './installed-chrome.ts'
import { unpackChromium } from './unpacked-chromium.ts'

const machine = (platform: string, arch: string, env: Record<string, string> = {}) => ({ platform, arch, env })

test.each([
  ['linux', 'x64', true],
  ['linux', 'arm64', false],
  ['darwin', 'x64', false],
  ['darwin', 'arm64', false],
  ['win32', 'x64', false],
])('on %s %s npm has a packed Chromium: %s', (platform, arch, expected) => {
  expect(hasPackedChromium(machine(platform, arch))).toBe(expected)
})

test('Chrome is looked for where each system keeps it', () => {
  expect(placesOfChrome(machine('darwin', 'arm64', { HOME: '/Users/ana' }))).toEqual([
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Users/ana/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ])
  const folders = { ProgramFiles: 'C:\\Program Files', LOCALAPPDATA: 'C:\\Users\\ana\\AppData\\Local' }
  expect(placesOfChrome(machine('win32', 'x64', folders))).toEqual([
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Users\\ana\\AppData\\Local\\Google\\Chrome\\Application\\chrome.exe',
  ])
  expect(placesOfChrome(machine('linux', 'arm64', { PATH: '/usr/local/bin::/usr/bin' }))).toEqual([
    '/usr/local/bin/google-chrome',
    '/usr/bin/google-chrome',
    '/usr/local/bin/google-chrome-stable',
    '/usr/bin/google-chrome-stable',
    '/usr/local/bin/chromium',
    '/usr/bin/chromium',
    '/usr/local/bin/chromium-browser',
    '/usr/bin/chromium-browser',
  ])
})

test('the first place that has a program is taken; without one, a sentence says what to install', () => {
  const arm = machine('linux', 'arm64', { PATH: '/usr/local/bin:/usr/bin' })
  expect(findChrome(arm, (file) => file === '/usr/bin/chromium')).toBe('/usr/bin/chromium')
  expect(() => findChrome(machine('darwin', 'arm64'), () => false)).toThrow(
    new Error('npm has no Chromium for darwin-arm64, and no Chrome is installed: install it.'),
  )
})

test('where npm has none, the installed browser is the one that opens', async () => {
  const { platform, arch, env } = process
  const here = { platform, arch, env }
  // A machine with the packed Chromium gets it installed for this test, under the name that Debian gives its own.
  const folder = mkdtempSync(join(tmpdir(), 'streamit-chrome-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  if (hasPackedChromium(here)) symlinkSync((await unpackChromium()).executablePath, join(folder, 'chromium'))
  const browser = await launchChromium({}, hasPackedChromium(here) ? machine('linux', 'arm64', { PATH: folder }) : here)
  onTestFinished(() => browser.close())
  const page = await browser.newPage()
  await page.setContent('<title>Seen</title>')
  expect(await page.title()).toBe('Seen')
})
