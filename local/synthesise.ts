import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createApp } from '../lib/app.ts'
import type { Template } from './template/template.ts'

const buildFolder = join(import.meta.dirname, '..', '.build')

/** Synthesises the stack in this process. Without `outdir` the output is in a folder of its own, which goes when the process ends. */
export const synthesise = (outdir?: string): { template: Template; assets: string } => {
  const { app, stack } = createApp({ outdir: outdir ?? temporaryFolder() })
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
