import { createRequire, syncBuiltinESMExports } from 'node:module'
import { currentInvocation } from './current-invocation.ts'

type Wait = typeof import('node:timers/promises').setTimeout

const timers = createRequire(import.meta.url)('node:timers/promises') as { setTimeout: Wait }
const open = new WeakMap<object, number>()

/** Counts the waits of functions: one that is left behind after the answer never ends at Lambda. */
export const watchTimers = (): void => {
  const wait = timers.setTimeout
  if ('isWatched' in wait) return
  const watched: Wait = async (...args) => {
    const invocation = currentInvocation.getStore()
    if (invocation === undefined) return wait(...args)
    open.set(invocation, openTimersOf(invocation) + 1)
    try {
      return await wait(...args)
    } finally {
      open.set(invocation, openTimersOf(invocation) - 1)
    }
  }
  timers.setTimeout = Object.assign(watched, { isWatched: true })
  syncBuiltinESMExports()
}

export const openTimersOf = (invocation: object): number => open.get(invocation) ?? 0
