import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { expect, it } from 'vitest'

const MOST_BYTES = 25_000

it('is small, and brings no schema library into a page', async () => {
  const { outputFiles, metafile } = await build({
    entryPoints: [join(import.meta.dirname, '..', '..', 'client', 'index.ts')],
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    write: false,
    metafile: true,
  })
  const [bundle] = outputFiles
  expect(Object.keys(metafile.inputs).filter((file) => file.includes('node_modules'))).toEqual([])
  expect(gzipSync(bundle?.contents ?? new Uint8Array()).length).toBeLessThan(MOST_BYTES)
})
