import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import type { Browser, Page } from 'playwright-core'

const NAMES = ['firefox-esr', 'firefox']

const isProgram = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** The Firefox of this machine, Debian's before another. */
export const findFirefox = (): string | undefined => {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '')
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(isProgram)
}

/** What playwright is inside: how it sends a command of WebDriver BiDi. */
type Session = { send: (method: string, params: unknown) => Promise<unknown> }
type Inside = { _connection: { toImpl: (browser: Browser) => { _browserSession: Session } } }

/**
 * Playwright tells every new window which colours are preferred, with a command that Firefox 153 does not know yet. The
 * refusal of that one command is taken for an answer: pages are then seen as this Firefox shows them by itself.
 */
const withoutMediaFeatures = (browser: Browser): void => {
  const { _browserSession: session } = (browser as unknown as Inside)._connection.toImpl(browser)
  const sessions: Session = Object.getPrototypeOf(session)
  const { send } = sessions
  sessions.send = function (method, params) {
    const answer = send.call(this, method, params)
    if (method !== 'emulation.setMediaFeaturesOverride') return answer
    return answer.catch((error) => {
      if (!/unknown command/.test(String(error))) throw error
    })
  }
}

/**
 * Playwright writes what is to be typed into a field's value, which React takes for its own writing and overlooks. The
 * browser's own editing command is used in its place: it is seen by a page as typing is.
 */
const typeAsPeopleDo = (): void => {
  const type = (text: string): null => {
    document.execCommand('insertText', false, text)
    return null
  }
  Object.defineProperty(window, '__pw_bidiInsertText', { get: () => type, set: () => undefined })
}

/** A key presses the button that has the focus only in the window that is in front. */
const bringToFrontForKeys = (page: Page): void => {
  const { keyboard } = page
  const { press } = keyboard
  keyboard.press = async (...key) => {
    await page.bringToFront()
    await press.apply(keyboard, key)
  }
}

const withKeys = (browser: Browser): void => {
  const { newContext } = browser
  browser.newContext = async (options) => {
    const context = await newContext.call(browser, options)
    await context.addInitScript(typeAsPeopleDo)
    context.on('page', bringToFrontForKeys)
    return context
  }
}

/** The machine's Firefox, driven through WebDriver BiDi. It keeps nothing: its home and its profile are temporary. */
export const launchFirefox = async (env: Record<string, string> = {}): Promise<Browser> => {
  const executablePath = findFirefox()
  if (executablePath === undefined) throw new Error('There is no Firefox on this machine: install firefox-esr.')
  const { firefox } = await import('playwright-core')
  const home = mkdtempSync(join(tmpdir(), 'streamit-firefox-'))
  const browser = await firefox.launch({
    channel: 'moz-firefox',
    executablePath,
    env: { ...process.env, ...env, HOME: home },
    firefoxUserPrefs: {
      // As Chromium under test: sound may start without a touch, and nothing moves but the video.
      'media.autoplay.default': 0,
      'ui.prefersReducedMotion': 1,
    },
  })
  browser.on('disconnected', () => rmSync(home, { recursive: true, force: true }))
  withoutMediaFeatures(browser)
  withKeys(browser)
  return browser
}
