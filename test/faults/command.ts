import { synthesise } from '../../local/synthesise.ts'
import { describeFailures } from './failures.ts'
import { readOptions } from './options.ts'
import { report, writeReport } from './report.ts'
import { playRun } from './run.ts'
import { slowDown, slownessFor } from './slow-motion.ts'

// `npm run test:faults`: two minutes of life with every fault on, and what is left of them an hour later.

// Before the logger is loaded with the functions: faults are meant to happen here.
process.env.POWERTOOLS_LOG_LEVEL = 'SILENT'
process.env.POWERTOOLS_DEV = 'false'
process.env.POWERTOOLS_METRICS_DISABLED = 'true'

try {
  const options = readOptions(process.argv.slice(2))
  const slowness = slownessFor(options.rooms * options.clients)
  slowDown(slowness)
  const began = performance.now()
  const say = (text: string) => console.log(`${((performance.now() - began) / 1000).toFixed(0).padStart(4)} s  ${text}`)
  say(
    `--seed ${options.seed}${slowness > 1 ? `; time passes ${slowness.toFixed(1)} times slower than on a clock` : ''}`,
  )
  const outcome = await playRun(options, synthesise(), say)
  say(outcome.load)
  console.log(`\n${report(outcome)}`)
  writeReport(outcome)
  if (outcome.failures.list.length > 0) {
    console.error(`\n${describeFailures(outcome.failures)}`)
    process.exitCode = 1
  }
} catch (error) {
  console.error(error)
  process.exitCode = 1
}
