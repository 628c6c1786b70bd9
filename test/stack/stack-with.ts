import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { createApp } from '../../lib/app.ts'
import { readStack } from './stack-reading.ts'

const folder = mkdtempSync(join(tmpdir(), 'streamit-variants-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The stack with these settings; synthesis throws where cdk-nag finds something. */
export const stackWith = (context: Record<string, string>) => {
  const { app, stack } = createApp({ context, outdir: mkdtempSync(join(folder, 'out-')) })
  const artifact = app.synth().getStackArtifact(stack.artifactId)
  return {
    name: artifact.stackName,
    tags: artifact.tags,
    isProtected: artifact.terminationProtection ?? false,
    ...readStack(JSON.parse(readFileSync(artifact.templateFullPath, 'utf8'))),
  }
}
