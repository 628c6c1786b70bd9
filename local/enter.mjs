import { enterWithNode24 } from './node-24.mjs'

// `node local/enter.mjs <script> ...`: every npm script of ours starts here. Node 20 runs this file, so that a machine
// without Node 24 gets one sentence and no syntax error.
await enterWithNode24(process.argv.slice(2), process)
