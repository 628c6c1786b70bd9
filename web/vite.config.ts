import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { contractPage } from '../bin/contract/page.ts'

/** Where the local runtime listens: `npm run dev` starts it on this port unless told otherwise. */
const runtime = `http://localhost:${process.env.RUNTIME_PORT ?? '3000'}`

/** Puts the contract into docs.html, and shows it at /docs as the edge does. No script: it is there when it is read. */
const contract: Plugin = {
  name: 'contract',
  transformIndexHtml: {
    order: 'pre',
    handler: (html, { path }) => (path === '/docs.html' ? html.replace('<!-- contract -->', contractPage) : html),
  },
  configureServer: ({ middlewares }) => {
    middlewares.use((request, _response, next) => {
      if (/^\/docs\/?$/.test(request.url ?? '')) request.url = '/docs.html'
      next()
    })
  },
}

const client = join(import.meta.dirname, '../client/')

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), contract],
  build: {
    target: 'es2022',
    emptyOutDir: true,
    rollupOptions: {
      // Loading a module of the client does nothing: what a page does not use of it stays with the page that does.
      treeshake: { moduleSideEffects: (id) => !id.startsWith(client) },
      input: ['index.html', 'docs.html'].map((file) => join(import.meta.dirname, file)),
      // What every page needs at once is one file: many small ones are asked for one by one, and compress worse. The
      // contract is a page apart, with a style of its own.
      output: {
        codeSplitting: { groups: [{ name: 'first', tags: ['$initial'], test: /(?<!docs\.html|docs\.css)$/ }] },
      },
    },
    // Both would put inline data or scripts into the page, which its Content-Security-Policy refuses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // dash.js alone is larger than the default, and it is loaded by rooms that watch DASH only.
    chunkSizeWarningLimit: 1_500,
  },
  server: {
    proxy: {
      '/api': runtime,
      '/ws': { target: runtime.replace('http', 'ws'), ws: true },
    },
  },
})
