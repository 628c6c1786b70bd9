import { timeOfMessageId } from '../../protocol/message-time.ts'
import type { ServerEventOf, ShownMessage } from '../../protocol/server-events.ts'
import type { SessionContext } from './listener.ts'

/** While people chat, this client asks at most this often for what was said since it last asked. */
const CHECK_AGAIN_AFTER_MS = 30_000
/**
 * A message may be saved this long after the time of its id. The id has the time of its first sending, and it may have
 * been sent again after a dead line. It then stands before others that were read already.
 */
const SAVED_LATE_BY_MS = 60_000
/** Sorts before every id that a server makes. */
const FIRST_ID = '0'.repeat(26)

/** Up to which message the chat is known to be whole, and the question for what was said since then. */
export type ChatCheck = {
  /** The id to ask from: the end of what is known to be whole, or `gap` where that is earlier. */
  wholeUntil: (gap?: string) => string
  /** The chat was read as a whole up to this message. */
  setWhole: (id: string) => void
  /** A CHAT_HISTORY that may be a piece of the answer. */
  heard: (event: ServerEventOf<'CHAT_HISTORY'>) => void
  /** Asks, if the PONG knows of newer messages and the last question is some time ago. */
  compare: (event: ServerEventOf<'PONG'>) => void
  /** Whether the last question, or greeting, is some time ago. */
  isDue: () => boolean
  /** A greeting brings the chat, and the server sends what crossed it. */
  greeted: () => void
  /** A greeting says nothing of some messages that are held: the next PONG is a reason to ask. */
  setDue: () => void
}

/**
 * Asks for messages and removals that were lost. The chat's revision is only its newest message or removal, so nothing
 * else shows that an older one is missing.
 */
export const createChatCheck = ({ runtime, store, send, newRef }: SessionContext): ChatCheck => {
  /** Sorts before every message where nothing is known. */
  let whole = ''
  let checkedAt = Number.NEGATIVE_INFINITY
  let asked: { ref: string; newest: string; serverNow: number } | undefined
  const isDue = () => runtime.now() - checkedAt >= CHECK_AGAIN_AFTER_MS

  /** Marks the chat as whole up to the last of these messages before which none can be saved any more. */
  const confirm = (messages: readonly ShownMessage[], { newest, serverNow }: { newest: string; serverNow: number }) => {
    const ids = messages.length === 0 ? [newest] : messages.map(({ id }) => id)
    const settled = ids.filter((id) => timeOfMessageId(id) <= serverNow - SAVED_LATE_BY_MS)
    whole = settled.reduce((one, other) => (one > other ? one : other), whole)
  }

  const wholeUntil = (gap = whole) => (whole === '' ? FIRST_ID : whole < gap ? whole : gap)

  return {
    wholeUntil,
    setWhole: (id) => {
      whole = id
    },
    heard: (event) => {
      if (asked !== undefined && event.ref === asked.ref && event.truncated !== true) confirm(event.messages, asked)
    },
    compare: ({ t2, revisions }) => {
      const newest = revisions?.chat ?? null
      if (newest === null || newest <= whole || !isDue()) return
      checkedAt = runtime.now()
      asked = { ref: newRef(), newest, serverNow: t2 }
      const isNothingKnown = whole === '' && store.get().messages.length === 0
      // A chat that was empty at the greeting is read from its beginning.
      const from = isNothingKnown ? { parts: ['chat' as const] } : { after: wholeUntil() }
      send({ type: 'SYNC_REQUEST', ref: asked.ref, ...from })
    },
    isDue,
    greeted: () => {
      checkedAt = runtime.now()
    },
    setDue: () => {
      checkedAt = Number.NEGATIVE_INFINITY
    },
  }
}
