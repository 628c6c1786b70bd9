import { useSyncExternalStore } from 'react'
import { createStore } from '../../client/room/store.ts'
import type { AnswerOf } from '../../protocol/routes.ts'

type Service = AnswerOf<'service'>

/** What everybody may know of the service, as the server told it last; null until it did. */
const store = createStore<Service | null>(null)

/** The server told it, to whoever asked. */
export const noteService = (service: Service): void => store.update(() => service)

export const useService = (): Service | null => useSyncExternalStore(store.subscribe, store.get)
