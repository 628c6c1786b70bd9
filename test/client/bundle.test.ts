import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { expect, it } from 'vitest'

const MOST_BYTES = 25_000
const MOST_BYTES_OF_CALLS = 5_000

/** What a page bundles that uses so much of the library: its size as it is sent, and the files that are in it. */
const bundled = async (source: string) => {
  const { outputFiles, metafile } = await build({
    stdin: { contents: source, resolveDir: join(import.meta.dirname, '..', '..'), loader: 'ts' },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    write: false,
    metafile: true,
  })
  const [bundle] = outputFiles
  const [output] = Object.values(metafile.outputs)
  const inside = Object.entries(output?.inputs ?? {}).filter(([, { bytesInOutput }]) => bytesInOutput > 0)
  return {
    bytes: gzipSync(bundle?.contents ?? new Uint8Array()).length,
    read: Object.keys(metafile.inputs),
    files: inside.map(([file]) => file),
  }
}

it('is small, and brings no schema library into a page', async () => {
  const { bytes, read } = await bundled("export * from './client/index.ts'")
  expect(read.filter((file) => file.includes('node_modules'))).toEqual([])
  expect(bytes).toBeLessThan(MOST_BYTES)
})

it('leaves out what a page does not use: calls alone bring no socket, no player and no room', async () => {
  const { bytes, files } = await bundled("export { createApi } from './client/index.ts'")
  expect(files).toContain('client/api/api.ts')
  expect(files.filter((file) => /^client\/(connection|sync)\//.test(file))).toEqual([])
  expect(files).not.toContain('client/room/join-room.ts')
  expect(bytes).toBeLessThan(MOST_BYTES_OF_CALLS)
})
