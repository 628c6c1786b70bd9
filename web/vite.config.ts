import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** Where the local runtime listens: `npm run dev` starts it on this port unless told otherwise. */
const runtime = `http://localhost:${process.env.RUNTIME_PORT ?? '3000'}`

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    target: 'es2022',
    emptyOutDir: true,
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
