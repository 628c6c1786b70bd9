/**
 * Throws an error that nobody caught outside the library, so that what the library was doing goes on. In a browser
 * `window.onerror` sees it, in Node `uncaughtException`.
 */
export const report = (error: unknown): void => {
  const { reportError } = globalThis as { reportError?: (error: unknown) => void }
  const rethrow = (): never => {
    throw error
  }
  if (reportError === undefined) queueMicrotask(rethrow)
  else reportError(error)
}

/** Runs what somebody else wrote. Its error is reported, and harms nobody who comes after it. */
export const guard = (run: () => unknown): void => {
  try {
    run()
  } catch (error) {
    report(error)
  }
}
