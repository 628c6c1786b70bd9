import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { root } from '../repository.ts'

const run = promisify(execFile)

/** Packs the client and installs the tarball into an empty folder, without a network. */
export const installClient = async (): Promise<{ folder: string; tarball: string }> => {
  const folder = mkdtempSync(join(tmpdir(), 'streamit-client-'))
  const source = join(folder, 'source')
  await run(process.execPath, [join(root, 'bin', 'pack-client.ts'), source])
  const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', folder], { cwd: source })
  const packed: unknown = JSON.parse(stdout)
  const [{ filename }] = packed as [{ filename: string }]
  const tarball = join(folder, filename)
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }')
  await run('npm', ['install', '--offline', '--no-audit', '--no-fund', tarball], { cwd: folder })
  return { folder, tarball }
}

/** The examples of a README, by their language. */
export const examplesOf = (readme: string): Record<'js' | 'html', string> => {
  const text = readFileSync(readme, 'utf8')
  const example = (language: string): string =>
    new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'ms').exec(text)?.[1] ?? ''
  return { js: example('js'), html: example('html') }
}
