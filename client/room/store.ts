import type { Cancel } from '../runtime.ts'

/** A value and those who watch it. Fits React's `useSyncExternalStore(store.subscribe, store.get)` and any other framework. */
export type Store<T> = {
  get: () => T
  /** Calls `listener` after every change, until cancelled. */
  subscribe: (listener: () => void) => Cancel
}

export type WritableStore<T> = Store<T> & {
  /** Replaces the value. The listeners are not called where it is the same one. */
  update: (change: (value: T) => T) => void
}

export const createStore = <T>(initial: T): WritableStore<T> => {
  let value = initial
  const listeners = new Set<() => void>()
  return {
    get: () => value,
    subscribe: (listener) => {
      // Wrapped, so that one function subscribed twice is two subscriptions.
      const subscription = () => listener()
      listeners.add(subscription)
      return () => listeners.delete(subscription)
    },
    update: (change) => {
      const next = change(value)
      if (next === value) return
      value = next
      for (const listener of [...listeners]) listener()
    },
  }
}
