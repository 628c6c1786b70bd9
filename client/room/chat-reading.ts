import type { SessionContext } from './listener.ts'
import { addNewer, addOlder, jumpToNewest, type MessageWindow, type Page, withAsked } from './messages.ts'
import { remains, withRemoved } from './removed-messages.ts'
import type { RoomSession } from './session.ts'

export type ChatReading = Pick<RoomSession, 'readOlder' | 'readNewer' | 'readNewest'>

/** Reads the chat over HTTP: what was said before the messages held, and what was let go behind them. */
export const createChatReading = ({ api, code, store }: SessionContext): ChatReading => {
  const read = async (
    from: { before?: string | undefined; after?: string | undefined },
    add: (window: MessageWindow, page: Page) => MessageWindow,
  ) => {
    const { messages: held, newerUntil: until } = store.get()
    const { messages, next, removed } = await api.call('rooms/messages', { room_id: code, ...from })
    let isMore = next !== null
    store.update((state) => {
      const known = withRemoved(state, removed ?? [])
      const window = withAsked(known, held.filter(remains(known)))
      // Beside a window that is somewhere else by now the page says nothing.
      if (window === undefined) isMore = true
      return window === undefined
        ? known
        : { ...known, ...add(window, { messages: messages.filter(remains(known)), isMore: next !== null, until }) }
    })
    return isMore
  }
  return {
    readOlder: () => read({ before: store.get().messages.at(0)?.id }, addOlder),
    readNewer: async () => {
      const { messages, newerUntil } = store.get()
      const after = messages.at(-1)?.id
      // Where nothing is held, the page is the newest one.
      if (newerUntil !== null) await read({ after }, after === undefined ? jumpToNewest : addNewer)
      return store.get().newerUntil !== null
    },
    readNewest: async () => {
      if (store.get().newerUntil !== null) await read({}, jumpToNewest)
    },
  }
}
