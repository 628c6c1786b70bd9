import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, it } from 'vitest'

it('npm run restore-drill loses a room, restores it into another table, and everybody goes on', async () => {
  const env = { PATH: process.env.PATH ?? '' }
  const child = spawn(process.execPath, [join(import.meta.dirname, 'command.ts')], { env })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (data) => {
      output += data
    })
  const [code] = await once(child, 'close')
  expect(output).toMatch(/The index is added, and npm run backfill says: \d+ items read, [1-9]\d* given their place\./)
  expect(output).toMatch(/All is as it was, and the index lists [1-9]\d* places\./)
  expect(output).toContain('Both pages, never loaded again, show the film as it was restored')
  expect(output.trimEnd()).toMatch(/The procedure works\.$/)
  expect(code).toBe(0)
}, 120_000)
