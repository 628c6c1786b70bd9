import { expect, inject, test, vi } from 'vitest'
import { readTemplate } from '../staging/stage.ts'
import { describeFailures } from './failures.ts'

// What `npm run test:faults` does with two hundred people, with as many as two busy cores follow.

const SIZE = { seconds: 30, rooms: 2, clients: 5, isCalm: false, isBrief: true }

// Once more where a function was killed between the end of a socket and the revision of the people: nothing but the look that
// a client takes every ten minutes finds that, and a run lasts six. What it hits depends on the machine, not on the seed.
test.each([1, 2])(
  'half a minute with every fault heals, drawn from seed %i',
  { timeout: 180_000, retry: 1 },
  async (seed) => {
    // The functions keep their clients, which know the tables of the run before.
    vi.resetModules()
    const { playRun } = await import('./run.ts')
    const backend = { template: readTemplate(), assets: inject('stack').assets }
    const { failures, injected } = await playRun({ seed, ...SIZE }, backend, () => {})
    expect(describeFailures(failures)).toBe('')
    expect(injected['emulator restarted']).toBe(1)
  },
)
