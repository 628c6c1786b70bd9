import { guard } from './report.ts'
import type { Cancel } from './runtime.ts'

/**
 * A value and those who watch it. It fits React's `useSyncExternalStore(store.subscribe, store.get)`, and other
 * frameworks.
 */
export type Store<T> = {
  get: () => T
  /** Calls `listener` after every change, until cancelled. An error that it throws is reported and stops nobody else. */
  subscribe: (listener: () => void) => Cancel
}

export type WritableStore<T> = Store<T> & {
  /** Replaces the value. The listeners are not called where it is the same one. */
  update: (change: (value: T) => T) => void
  /** Runs `run`, and calls the listeners once after it, where it changed the value. */
  batch: (run: () => void) => void
}

export const createStore = <T>(initial: T): WritableStore<T> => {
  let value = initial
  let told = initial
  let batches = 0
  const listeners = new Set<() => void>()

  const tell = () => {
    if (batches > 0 || value === told) return
    told = value
    for (const listener of [...listeners]) guard(listener)
  }
  return {
    get: () => value,
    subscribe: (listener) => {
      // Wrapped, so that one function subscribed twice is two subscriptions.
      const subscription = () => listener()
      listeners.add(subscription)
      return () => listeners.delete(subscription)
    },
    update: (change) => {
      value = change(value)
      tell()
    },
    batch: (run) => {
      batches += 1
      try {
        run()
      } finally {
        batches -= 1
        tell()
      }
    },
  }
}
