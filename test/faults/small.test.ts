import { expect, inject, test, vi } from 'vitest'
import { readTemplate } from '../staging/stage.ts'
import { describeFailures } from './failures.ts'

// What `npm run test:faults` does with two hundred people, with as many as two busy cores follow.

const SIZE = { seconds: 30, rooms: 2, clients: 5, isCalm: false, isBrief: true }

test.each([1, 2])('half a minute with every fault heals, drawn from seed %i', { timeout: 180_000 }, async (seed) => {
  // The functions keep their clients, which know the tables of the run before.
  vi.resetModules()
  const { playRun } = await import('./run.ts')
  const backend = { template: readTemplate(), assets: inject('stack').assets }
  const { failures, injected } = await playRun({ seed, ...SIZE }, backend, () => {})
  expect(describeFailures(failures)).toBe('')
  expect(injected['emulator restarted']).toBe(1)
})
