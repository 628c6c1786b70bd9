import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { chmodSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { onTestFinished, vi } from 'vitest'
import { temporaryFolder } from './tiny-runtime.ts'

type Contents = { name: string; version: string; program: string; file: string; manifest?: object }

/** A package as npm publishes one: a packed folder with a manifest and, here, one program. */
export const packProgram = ({ name, version, program, file, manifest = {} }: Contents) => {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'package'))
  writeFileSync(join(folder, 'package', 'package.json'), JSON.stringify({ name, version, ...manifest }))
  copyFileSync(file, join(folder, 'package', program))
  // As a package that was made on Windows.
  chmodSync(join(folder, 'package', program), 0o644)
  execFileSync('tar', ['-czf', 'package.tgz', 'package'], { cwd: folder })
  const tarball = readFileSync(join(folder, 'package.tgz'))
  return { name, version, tarball, integrity: `sha512-${createHash('sha512').update(tarball).digest('base64')}` }
}

type Packed = ReturnType<typeof packProgram>

/**
 * A registry that speaks as much of npm's protocol as an installation needs, and that npm uses until the end of the test,
 * with a cache of its own. `requests` are those it got.
 */
export const serveRegistry = async (
  packages: Packed[],
): Promise<{ requests: string[]; close: () => Promise<void> }> => {
  const requests: string[] = []
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? '')
    requests.push(path)
    const packed = packages.find(({ name }) => path === `/${name}` || path.startsWith(`/${name}/-/`))
    if (packed === undefined) return void response.writeHead(404).end('{}')
    if (path.endsWith('.tgz')) return void response.end(packed.tarball)
    const { name, version, integrity } = packed
    const dist = { integrity, tarball: `http://${request.headers.host}/${name}/-/packed-${version}.tgz` }
    response.setHeader('content-type', 'application/json')
    response.end(
      JSON.stringify({ name, 'dist-tags': { latest: version }, versions: { [version]: { name, version, dist } } }),
    )
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const close = async (): Promise<void> => {
    server.closeAllConnections()
    server.close()
  }
  onTestFinished(close)
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  vi.stubEnv('npm_config_registry', `http://127.0.0.1:${port}/`)
  vi.stubEnv('npm_config_cache', temporaryFolder())
  onTestFinished(() => void vi.unstubAllEnvs())
  return { requests, close }
}
