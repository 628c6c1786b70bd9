import { posix, win32 } from 'node:path'

/** The machine that the tests run on; `env` is its environment. */
export type Machine = { platform: string; arch: string; env: Record<string, string | undefined> }

/** @sparticuz/chromium holds a browser for one system only. */
export const hasPackedChromium = ({ platform, arch }: Machine): boolean => platform === 'linux' && arch === 'x64'

const COMMANDS = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser']
const ON_MACOS = 'Applications/Google Chrome.app/Contents/MacOS/Google Chrome'
const ON_WINDOWS = 'Google\\Chrome\\Application\\chrome.exe'

/** Where an installed Chrome may be, most likely place first; on Linux a Chromium serves as well. */
export const placesOfChrome = ({ platform, env }: Machine): string[] => {
  switch (platform) {
    case 'darwin':
      return ['/', ...(env.HOME === undefined ? [] : [env.HOME])].map((folder) => posix.join(folder, ON_MACOS))
    case 'win32':
      return [env.ProgramFiles, env['ProgramFiles(x86)'], env.LOCALAPPDATA]
        .filter((folder) => folder !== undefined)
        .map((folder) => win32.join(folder, ON_WINDOWS))
    default: {
      const folders = (env.PATH ?? '').split(posix.delimiter).filter((folder) => folder !== '')
      return COMMANDS.flatMap((name) => folders.map((folder) => posix.join(folder, name)))
    }
  }
}

/**
 * The Chrome of a machine for which npm has no packed Chromium.
 * @throws Error with one sentence where none is installed
 */
export const findChrome = (machine: Machine, isProgram: (file: string) => boolean): string => {
  const found = placesOfChrome(machine).find(isProgram)
  if (found !== undefined) return found
  throw new Error(
    `npm has no Chromium for ${machine.platform}-${machine.arch}, and no Chrome is installed: install it.`,
  )
}
