import type { ServerEventOf, ShownMessage } from '../../protocol/server-events.ts'
import { ApiError } from '../api/api-error.ts'
import { createChatCheck } from './chat-check.ts'
import { withMessages } from './fold-event.ts'
import type { RoomListener, SessionContext } from './listener.ts'
import { withRemoved } from './removed-messages.ts'
import type { RoomState } from './room-state.ts'

type Page = { messages: readonly ShownMessage[]; next: string | null; removed?: readonly string[] | undefined }

const MOST_PAGES = 40

/**
 * Whether a greeting told all that is held. It says nothing of older messages, some of which may be missing, or removed.
 */
const tellsAll = (greeting: ServerEventOf<'CHAT_HISTORY'>, { messages, newerUntil }: RoomState): boolean =>
  newerUntil === null && messages.length <= greeting.messages.length

/** Finds what was said and removed while the connection was down. A gap is asked for until its last message is here. */
export const createMissedChat = (context: SessionContext): RoomListener => {
  const { api, code, store, send, newRef } = context
  /**
   * Ids of the messages on both sides of the gap: the newest held when the connection was lost, and the oldest of the
   * greeting.
   */
  let gapAfter: string | undefined
  let gapUntil: string | undefined
  let ref: string | undefined
  let isWhole = true
  const check = createChatCheck(context)

  /** The newest message of which this client knows: those that it let go are read when somebody scrolls there. */
  const newestKnown = ({ messages, newerUntil }: RoomState) => newerUntil ?? messages.at(-1)?.id ?? ''
  const setWhole = (until = newestKnown(store.get())) => check.setWhole(until)

  const reach = (newest: string | undefined) => {
    if (gapUntil === undefined || newest === undefined || newest < gapUntil) return
    gapAfter = undefined
    setWhole()
  }

  // Over HTTP, because what one SYNC_REQUEST brings is bounded.
  const readPages = async (from: string) => {
    let after: string | null = from
    for (let read = 0; read < MOST_PAGES && after !== null; read += 1) {
      const page: Page = await api.call('rooms/messages', { room_id: code, after })
      store.update((state) => withMessages(withRemoved(state, page.removed ?? []), page.messages))
      after = page.next
      if (gapAfter !== undefined) gapAfter = after ?? undefined
      // The next question goes on from here, however long the gap is.
      setWhole(after ?? undefined)
    }
  }

  const history = (event: ServerEventOf<'CHAT_HISTORY'>) => {
    if (event.since === undefined) {
      gapUntil = event.messages.at(0)?.id
      // The greeting reaches back to what we hold: nothing is missing.
      if (gapUntil === undefined || (gapAfter !== undefined && gapUntil <= gapAfter)) gapAfter = undefined
      isWhole = tellsAll(event, store.get())
      if (gapAfter === undefined && isWhole) setWhole()
    } else if (event.truncated === true) {
      readPages(event.since).catch((error) => {
        // The gap stays open from where the reading ended. A later PONG, or the next greeting, is a reason to ask again.
        if (!(error instanceof ApiError)) throw error
      })
    } else if (event.ref !== undefined && event.ref === ref) reach(event.messages.at(-1)?.id)
    else check.heard(event)
  }

  /**
   * Asks from where the chat was known to be whole: a removal that was lost may be older than the newest message held.
   */
  const askForGap = (gap: string) => {
    ref = newRef()
    send({ type: 'SYNC_REQUEST', after: check.wholeUntil(gap), ref })
  }

  return {
    lost: () => {
      // Messages that were let go are read over HTTP, those that are missed with them.
      if (store.get().newerUntil === null) gapAfter ??= store.get().messages.at(-1)?.id
    },
    heard: (event) => {
      if (event.type === 'CHAT_HISTORY') history(event)
      if (event.type !== 'PONG') return
      if (gapAfter === undefined) return check.compare(event)
      if (!check.isDue()) return
      check.greeted()
      askForGap(gapAfter)
    },
    greeted: () => {
      check.greeted()
      if (gapAfter !== undefined) askForGap(gapAfter)
      else if (!isWhole) check.setDue()
    },
  }
}
