import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { synthesise } from '../../local/synthesise.ts'
import './provided.ts'

const folder = join(import.meta.dirname, '..', '..', '.build', `test-${process.pid}`)

/** Synthesises the stack once for the whole run. */
export default (project: TestProject) => {
  mkdirSync(folder, { recursive: true })
  const { template, assets } = synthesise({ outdir: join(folder, 'cdk.out') })
  const templateFile = join(folder, 'template.json')
  writeFileSync(templateFile, JSON.stringify(template))
  project.provide('stack', { templateFile, assets })
  return () => rmSync(folder, { recursive: true, force: true })
}
