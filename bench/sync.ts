import type { Browser } from 'playwright-core'
import { startBackend } from './running/backend.ts'
import { exitWhere } from './running/exit-code.ts'
import { watchLoad } from './running/load.ts'
import { launchBrowsers } from './sync/browsers.ts'
import { type Figures, figuresOf } from './sync/figures.ts'
import { readOptions } from './sync/options.ts'
import { isMet, printFigures } from './sync/report.ts'
import { playThrough } from './sync/scenario.ts'

// `npm run bench:sync`: how far apart three browsers show the same video.

const VIEWERS = 3

const measure = async (): Promise<boolean> => {
  const { roundTripsMs, seconds, seed, upShares } = readOptions(process.argv.slice(2))
  console.log(`Three browsers, ${seconds} s at each of ${roundTripsMs.join(', ')} ms; --seed ${seed}`)
  const backend = await startBackend()
  const browsers: Browser[] = []
  try {
    browsers.push(...(await launchBrowsers(VIEWERS)))
    const figures: Figures[] = []
    for (const roundTripMs of roundTripsMs) {
      const load = watchLoad()
      const say = (text: string) => console.log(`  ${roundTripMs} ms: ${text}`)
      const run = await playThrough({ backend: backend.url, browsers, roundTripMs, seconds, seed, upShares, say })
      for (const complaint of run.complaints) say(complaint)
      const uncertainty = Math.max(...run.traces.map(({ uncertaintyMs }) => uncertaintyMs))
      say(`${load()}; page clocks known to ${uncertainty.toFixed(2)} ms`)
      figures.push(...run.phases.map((phase) => figuresOf(run, phase)))
    }
    printFigures(figures)
    return figures.every(isMet)
  } finally {
    await Promise.all(browsers.map((browser) => browser.close()))
    await backend.close()
  }
}

await exitWhere(measure)
