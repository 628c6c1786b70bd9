import { createRequire, syncBuiltinESMExports } from 'node:module'
import { currentInvocation } from './current-invocation.ts'

type Wait = typeof import('node:timers/promises').setTimeout
/** `open`: how many waits each invocation has at this moment. */
type WatchedWait = Wait & { open?: WeakMap<object, number> }

const timers = createRequire(import.meta.url)('node:timers/promises') as { setTimeout: WatchedWait }

/** Counts the waits of functions: one that is left behind after the answer never ends at Lambda. */
export const watchTimers = (): void => {
  const wait = timers.setTimeout
  // By the test file before this one, in the same process.
  if (wait.open !== undefined) return
  const open = new WeakMap<object, number>()
  const watched: Wait = async (...args) => {
    const invocation = currentInvocation.getStore()
    if (invocation === undefined) return wait(...args)
    open.set(invocation, (open.get(invocation) ?? 0) + 1)
    try {
      return await wait(...args)
    } finally {
      open.set(invocation, (open.get(invocation) ?? 0) - 1)
    }
  }
  timers.setTimeout = Object.assign(watched, { open })
  syncBuiltinESMExports()
}

export const openTimersOf = (invocation: object): number => timers.setTimeout.open?.get(invocation) ?? 0
