import type { ServerEventOf, ShownMessage } from '../../protocol/server-events.ts'
import { ApiError } from '../api/api-error.ts'
import type { RoomListener, SessionContext } from './listener.ts'
import { timeOfMessageId } from './messages.ts'
import { withMessages } from './room-state.ts'

type Page = { messages: readonly ShownMessage[]; next: string | null }

const MOST_PAGES = 40
/** While people chat, somebody asks for what was said since the last time at most this often. */
const CHECK_AGAIN_AFTER_MS = 30_000
/** A message may be saved this late, and then comes before others that were read already. */
const SAVED_WITHIN_MS = 5_000

/** Finds what was said while the connection was down. A gap is closed when its last message is here, and asked for until then. */
export const createMissedChat = ({ api, code, runtime, store, send, newRef }: SessionContext): RoomListener => {
  /** Ids of the messages on both sides of the gap: the newest held when the connection was lost, the oldest of the greeting. */
  let gapAfter: string | undefined
  let gapUntil: string | undefined
  let ref: string | undefined
  /** Up to this message nothing is missing: the chat was read from the server as a whole. Sorts before all where nothing is known. */
  let whole = ''
  let checkedAt = Number.NEGATIVE_INFINITY
  let check: { ref: string; newest: string; serverNow: number } | undefined

  const reach = (newest: string | undefined) => {
    if (gapUntil === undefined || newest === undefined || newest < gapUntil) return
    gapAfter = undefined
    whole = store.get().messages.at(-1)?.id ?? whole
  }

  // Over HTTP, because what one SYNC_REQUEST brings is bounded.
  const readPages = async (from: string) => {
    let after: string | null = from
    for (let read = 0; read < MOST_PAGES && after !== null; read += 1) {
      const page: Page = await api.call('rooms/messages', { room_id: code, after })
      store.update((state) => withMessages(state, page.messages))
      after = page.next
      if (gapAfter !== undefined) gapAfter = after ?? undefined
    }
    if (after === null) whole = store.get().messages.at(-1)?.id ?? whole
  }

  /** A piece of what was said since the last check. Messages that are old enough have none before them to come. */
  const confirm = (messages: readonly ShownMessage[], { newest, serverNow }: { newest: string; serverNow: number }) => {
    const ids = messages.length === 0 ? [newest] : messages.map(({ id }) => id)
    const settled = ids.filter((id) => timeOfMessageId(id) <= serverNow - SAVED_WITHIN_MS)
    whole = settled.reduce((one, other) => (one > other ? one : other), whole)
  }

  const history = (event: ServerEventOf<'CHAT_HISTORY'>) => {
    if (event.since === undefined) {
      const oldest = event.messages.at(0)?.id
      gapUntil = oldest
      // The greeting reaches back to what we hold: nothing is missing.
      if (oldest === undefined || (gapAfter !== undefined && oldest <= gapAfter)) gapAfter = undefined
      if (gapAfter === undefined) whole = event.messages.at(-1)?.id ?? ''
    } else if (event.truncated === true) {
      readPages(event.since).catch((error) => {
        // The gap stays open from where the reading ended. The room goes on without it, and the next greeting asks again.
        if (!(error instanceof ApiError)) throw error
      })
    } else if (event.ref !== undefined && event.ref === ref) reach(event.messages.at(-1)?.id)
    else if (check !== undefined && event.ref === check.ref) confirm(event.messages, check)
  }

  /** The revision of the chat is its newest message. What was lost among those since the last check shows in no other way. */
  const checkChat = ({ t2, revisions }: ServerEventOf<'PONG'>) => {
    const newest = revisions?.chat ?? null
    const isReadBack = store.get().newerUntil !== null
    const isRecent = runtime.now() - checkedAt < CHECK_AGAIN_AFTER_MS
    if (newest === null || newest <= whole || gapAfter !== undefined || isReadBack || isRecent) return
    checkedAt = runtime.now()
    check = { ref: newRef(), newest, serverNow: t2 }
    send({ type: 'SYNC_REQUEST', ref: check.ref, ...(whole === '' ? { parts: ['chat'] } : { after: whole }) })
  }

  return {
    lost: () => {
      // Messages that were let go are read over HTTP, those that are missed with them.
      if (store.get().newerUntil === null) gapAfter ??= store.get().messages.at(-1)?.id
    },
    heard: (event) => {
      if (event.type === 'CHAT_HISTORY') history(event)
      if (event.type === 'PONG') checkChat(event)
    },
    greeted: () => {
      // The greeting brings the chat and looks after what crosses it.
      checkedAt = runtime.now()
      if (gapAfter === undefined) return
      ref = newRef()
      send({ type: 'SYNC_REQUEST', after: gapAfter, ref })
    },
  }
}
