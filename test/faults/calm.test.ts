import { expect, inject, test } from 'vitest'
import { readTemplate } from '../staging/stage.ts'
import { describeFailures } from './failures.ts'
import { playRun } from './run.ts'

test('without a fault, nothing of the proof fails: what it finds with faults is due to them', async () => {
  const options = { seed: 1, seconds: 8, rooms: 2, clients: 5, isCalm: true }
  const backend = { template: readTemplate(), assets: inject('stack').assets }
  const { failures, healing } = await playRun(options, backend, () => {})
  expect(describeFailures(failures)).toBe('')
  expect(healing.counts.lost).toBe(0)
}, 120_000)
