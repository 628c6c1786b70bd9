import { readSmokeOptions } from './smoke/options.ts'
import { Trouble } from './smoke/trouble.ts'
import { smoke } from './smoke/walk.ts'

const began = performance.now()
try {
  const options = readSmokeOptions(process.argv.slice(2), process.env)
  await smoke(options, (step, milliseconds) => console.log(`  ${step} (${Math.round(milliseconds)} ms)`))
  console.log(`${options.origin} works: ${((performance.now() - began) / 1000).toFixed(1)} s.`)
} catch (error) {
  if (!(error instanceof Trouble)) throw error
  console.error(error.message)
  process.exitCode = 1
}
