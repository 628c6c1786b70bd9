import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { root } from '../repository.ts'
import { openGate } from '../staging/gate.ts'
import { setUpStage } from '../staging/set-up-stage.ts'

const stage = setUpStage()

/** What README.md tells to paste under "A session". */
const session = (): string => {
  const [, chapter = ''] = /^## A session\n(.*?)^## /ms.exec(readFileSync(join(root, 'README.md'), 'utf8')) ?? []
  return [...chapter.matchAll(/^```sh\n(.*?)^```/gms)].map(([, code = '']) => code).join('\n')
}

// A machine that stands still for a second hears PLAY twice, which is allowed: once more then.
const patient = { timeout: 60_000, retry: 2 }
test('the session of the README shows what it promises, on a busy machine too', patient, async () => {
  const gate = await openGate(stage.runtime.url, { delayMs: 4_000 })
  onTestFinished(gate.close)
  const pasted = session()
    .replaceAll('http://localhost:3000', stage.runtime.url)
    .replaceAll('ws://localhost:3000', gate.url.replace('http', 'ws'))
  expect(pasted).not.toContain('3000')
  const { stdout, stderr } = await promisify(execFile)('bash', ['-c', pasted], { cwd: root })
  expect(stderr).toBe('')
  const heard = [...stdout.matchAll(/"type":"(PLAY|CHAT_MESSAGE)"/g)].map(([, type]) => type)
  // What Ana hears, then what Bo heard.
  const both = ['PLAY', 'CHAT_MESSAGE']
  expect(heard).toEqual([...both, ...both])
})
