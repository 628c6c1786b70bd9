import { afterAll, afterEach } from 'vitest'
import { setUp } from './set-up.ts'
import { type Stage, type StageOptions, startStage } from './stage.ts'

/**
 * One stage for all tests of the file: it closes after the last. The faults of a test end with it, after the file's own
 * `afterEach`.
 */
export const setUpStage = (options: StageOptions = {}): Stage => {
  const stage = setUp(() => startStage(options))
  afterEach(() => stage.runtime?.faults.reset())
  afterAll(() => stage.close?.())
  return stage
}
