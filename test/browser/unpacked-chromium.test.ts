import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { hasPackedChromium } from './installed-chrome.ts'

const here = import.meta.dirname
const run = promisify(execFile)

/** A process that unpacks, and starts the browser as soon as it is told that it is there. */
const SCRIPT = `
  import { execFileSync } from 'node:child_process'
  import { unpackChromium } from '${join(here, 'unpacked-chromium.ts')}'
  const { executablePath } = await unpackChromium(process.argv[1])
  console.log(execFileSync(executablePath, ['--no-sandbox', '--version']).toString())
`

test.runIf(hasPackedChromium(process))(
  'who unpacks the browser beside others never starts one that is half written',
  async () => {
    const build = mkdtempSync(join(here, '..', '..', '.build', 'unpacking-'))
    onTestFinished(() => rmSync(build, { recursive: true, force: true }))
    const start = (after: number) =>
      new Promise((resolve) => setTimeout(resolve, after)).then(() =>
        run(process.execPath, ['--input-type=module', '-e', SCRIPT, build], { env: process.env }),
      )
    const seen = await Promise.all([0, 200, 900].map(start))
    for (const { stdout } of seen) expect(stdout).toMatch(/Chrom\w+ \d+/)
    expect(readdirSync(build)).toEqual(['chromium-153.0.0'])
  },
)
