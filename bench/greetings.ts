import { setTimeout as wait } from 'node:timers/promises'
import { socketUrlBelow } from '../client/connection/socket-url.ts'
import { dial, type Newcomer } from './greetings/newcomer.ts'
import { makeRoom, startBackend } from './running/backend.ts'
import { exitWhere } from './running/exit-code.ts'
import { watchLoad } from './running/load.ts'

// `npm run bench:greetings`: 200 people come into one room, 50 at a time.

const WAVES = 4
const AT_ONCE = 50
/** Everybody is greeted within this, and everybody who is there has heard of everybody. */
const AIM_MS = 5_000
const PATIENCE_MS = 60_000

const quantile = (sorted: readonly number[], share: number): number => sorted[Math.ceil(share * sorted.length) - 1] ?? 0

/** Milliseconds from `since` until each of these shows `count` people. */
const allShown = async (inside: readonly Newcomer[], count: number, since: number): Promise<number> => {
  while (inside.some(({ names }) => names.size < count)) {
    if (performance.now() - since > PATIENCE_MS) throw new Error(`Not everybody shows all ${count} after a minute.`)
    await wait(10)
  }
  return performance.now() - since
}

const measure = async (): Promise<boolean> => {
  const backend = await startBackend()
  const inside: Newcomer[] = []
  try {
    const names = Array.from({ length: WAVES * AT_ONCE }, (_, index) => `Viewer ${index + 1}`)
    const { code, members } = await makeRoom(backend.url, 'https://video.example/film.mp4', names)
    console.log('| there | come | greeted p50 ms | p95 ms | max ms | all show all ms |')
    console.log('| ----- | ---- | -------------- | ------ | ------ | --------------- |')
    const urlOf = socketUrlBelow(backend.url)
    const load = watchLoad()
    let isMet = true
    for (let wave = 0; wave < WAVES; wave += 1) {
      const since = performance.now()
      const coming = members.slice(wave * AT_ONCE, (wave + 1) * AT_ONCE)
      const come = coming.map(({ token }) => dial(urlOf(code, token)))
      inside.push(...come)
      const took = (await Promise.all(come.map(({ greeted }) => greeted))).sort((one, other) => one - other)
      const shown = await allShown(inside, inside.length, since)
      const [p50, p95, max] = [0.5, 0.95, 1].map((share) => Math.round(quantile(took, share)))
      console.log(`| ${inside.length - AT_ONCE} | ${AT_ONCE} | ${p50} | ${p95} | ${max} | ${Math.round(shown)} |`)
      isMet &&= (max ?? 0) <= AIM_MS
    }
    console.log(load())
    return isMet
  } finally {
    for (const one of inside) one.leave()
    await backend.close()
  }
}

await exitWhere(measure)
