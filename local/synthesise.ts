import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createApp } from '../lib/app.ts'
import type { Template } from './template/template.ts'

const buildFolder = join(import.meta.dirname, '..', '.build')

type Wishes = {
  /** Without it the output is in a folder of its own, which goes when the process ends. */
  outdir?: string
  /** Settings other than those of cdk.json. */
  context?: Record<string, unknown>
}

/** Synthesises the stack in this process. */
export const synthesise = ({ outdir, context = {} }: Wishes = {}): { template: Template; assets: string } => {
  const { app, stack } = createApp({ outdir: outdir ?? temporaryFolder(), context })
  const assembly = app.synth()
  const template: Template = JSON.parse(
    readFileSync(assembly.getStackArtifact(stack.artifactId).templateFullPath, 'utf8'),
  )
  return { template, assets: assembly.directory }
}

const temporaryFolder = (): string => {
  mkdirSync(buildFolder, { recursive: true })
  const folder = mkdtempSync(join(buildFolder, 'cdk-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  return folder
}
