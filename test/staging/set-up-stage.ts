import { afterAll, afterEach, beforeAll } from 'vitest'
import { type Stage, type StageOptions, startStage } from './stage.ts'

/**
 * One stage for all tests of the file: it starts before the first and closes after the last. Its members are there once
 * the tests run, and in every `beforeAll` that is registered after this call. The faults of a test end with it, after
 * the file's own `afterEach`.
 */
export const setUpStage = (options: StageOptions = {}): Stage => {
  const stage: Partial<Stage> = {}
  beforeAll(async () => {
    Object.assign(stage, await startStage(options))
  })
  afterEach(() => stage.runtime?.faults.reset())
  afterAll(() => stage.close?.())
  return stage as Stage
}
