import { useSyncExternalStore } from 'react'
import { createStore } from '../../client/store.ts'
import { SERVICE_SECONDS } from '../../protocol/limits.ts'
import type { AnswerOf } from '../../protocol/routes.ts'

type Service = AnswerOf<'service'>

/** What everybody may know of the service, as the server told it last; null until it did. */
const store = createStore<Service | null>(null)
/** Until then an answer may be one that was kept for everybody before the change. */
let isOldUntil = Number.NEGATIVE_INFINITY

/** The server told it, to whoever asked. */
export const noteService = (service: Service): void => {
  if (performance.now() >= isOldUntil) store.update(() => service)
}

/** It was changed here just now. */
export const noteChangedService = (service: Service): void => {
  isOldUntil = performance.now() + 2 * SERVICE_SECONDS * 1000
  store.update(() => service)
}

export const useService = (): Service | null => useSyncExternalStore(store.subscribe, store.get)
