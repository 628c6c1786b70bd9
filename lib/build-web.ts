import { join } from 'node:path'
import { build } from 'vite'

// Run by bundle-web.ts in a process of its own: Vite builds asynchronously, and synthesis is synchronous.
const [outDir = ''] = process.argv.slice(2)
await build({
  configFile: join(import.meta.dirname, '..', 'web', 'vite.config.ts'),
  logLevel: 'warn',
  build: { outDir },
})
