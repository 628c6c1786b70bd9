import type { ServerEventOf, ShownMessage } from '../../protocol/server-events.ts'
import { ApiError } from '../api/api-error.ts'
import type { RoomListener, SessionContext } from './listener.ts'
import { withMessages } from './room-state.ts'

type Page = { messages: readonly ShownMessage[]; next: string | null }

const MOST_PAGES = 40

/** Finds what was said while the connection was down. */
export const createMissedChat = ({ api, code, store, send, newRef }: SessionContext): RoomListener => {
  /** Id of the newest message held when the connection was lost. */
  let gapAfter: string | undefined
  let ref: string | undefined

  // Over HTTP, because what one SYNC_REQUEST brings is bounded.
  const readPages = async (from: string) => {
    let after: string | null = from
    for (let read = 0; read < MOST_PAGES && after !== null; read += 1) {
      const page: Page = await api.call('rooms/messages', { room_id: code, after })
      store.update((state) => withMessages(state, page.messages))
      after = page.next
    }
  }

  const history = (event: ServerEventOf<'CHAT_HISTORY'>) => {
    if (event.since === undefined) {
      const oldest = event.messages.at(0)
      // The greeting reaches back to what we hold: nothing is missing.
      if (oldest === undefined || (gapAfter !== undefined && oldest.id <= gapAfter)) gapAfter = undefined
    } else if (event.truncated === true) {
      readPages(event.since).catch((error) => {
        // The pages that were not read stay missing: nothing asks for them again. The room goes on without them.
        if (!(error instanceof ApiError)) throw error
      })
    }
  }

  return {
    lost: () => {
      gapAfter ??= store.get().messages.at(-1)?.id
    },
    heard: (event) => {
      if (event.type === 'CHAT_HISTORY') history(event)
      // The answer to our request: its messages are right behind it on the same socket.
      if (event.type === 'PLAYBACK_STATE' && event.ref !== undefined && event.ref === ref) gapAfter = undefined
    },
    greeted: () => {
      if (gapAfter === undefined) return
      ref = newRef()
      send({ type: 'SYNC_REQUEST', after: gapAfter, ref })
    },
  }
}
