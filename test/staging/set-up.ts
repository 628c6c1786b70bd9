import { beforeAll } from 'vitest'

/**
 * What all tests of a file share is opened before the first. Its members are there once the tests run, and in every
 * `beforeAll` that is registered after this call.
 */
export const setUp = <T extends object>(open: () => Promise<T>): T => {
  const opened: Partial<T> = {}
  beforeAll(async () => {
    Object.assign(opened, await open())
  })
  return opened as T
}
