import type { ShownMessage } from '../../protocol/server-events.ts'

/** Messages that a room keeps in memory; others are read over HTTP. */
const KEPT = 2_000

/**
 * The messages in memory, oldest first and without a gap. The window follows the newest message, until somebody has
 * scrolled back so far that newer ones were let go. `newerUntil` is then the id of the newest message that is known and
 * not held; else it is null.
 */
export type MessageWindow = { messages: readonly ShownMessage[]; newerUntil: string | null }

/** Both lists as one: every message once, oldest first (an id begins with its time of creation). */
const merge = (held: readonly ShownMessage[], added: readonly ShownMessage[]): readonly ShownMessage[] => {
  const known = new Set(held.map(({ id }) => id))
  const fresh = added.filter(({ id }) => !known.has(id) && known.add(id))
  if (fresh.length === 0) return held
  return [...held, ...fresh].sort((one, other) => (one.id < other.id ? -1 : 1))
}

const newest = (messages: readonly ShownMessage[]) => (messages.length > KEPT ? messages.slice(-KEPT) : messages)

const newestOf = (messages: readonly ShownMessage[]): string => messages.at(-1)?.id ?? ''

/** The `newerUntil` of a window with these messages: null once they reach what is known. */
const openUntil = (newerUntil: string | null, messages: readonly ShownMessage[]): string | null =>
  newerUntil !== null && newestOf(messages) < newerUntil ? newerUntil : null

/**
 * The window after something was said, just now or lately. While newer messages are let go, the window does not grow at
 * its end. The same list comes back where nothing is new, so that nothing is drawn again.
 */
export const addSaid = ({ messages, newerUntil }: MessageWindow, said: readonly ShownMessage[]): MessageWindow => {
  if (newerUntil === null) return { messages: newest(merge(messages, said)), newerUntil }
  const end = newestOf(messages)
  const latest = said.reduce((known, { id }) => (id > known ? id : known), newerUntil)
  return {
    messages: merge(
      messages,
      said.filter(({ id }) => id < end),
    ),
    newerUntil: latest,
  }
}

/**
 * The window beside which a page was asked for, with all that it held then: where it moved on meanwhile, the page would not
 * reach it. Undefined where somebody has jumped, so that the two have nothing in common.
 */
export const withAsked = (window: MessageWindow, asked: readonly ShownMessage[]): MessageWindow | undefined => {
  const [oldest, newest] = [window.messages.at(0)?.id, newestOf(window.messages)]
  if (oldest === undefined || asked.length === 0) return window
  if (newestOf(asked) < oldest) return undefined
  const letGo = asked.filter(({ id }) => id < oldest || id > newest)
  return { ...window, messages: merge(window.messages, letGo) }
}

/** The window with a page from before it: what no longer fits goes from the window's end. */
export const addOlder = ({ messages, newerUntil }: MessageWindow, page: readonly ShownMessage[]): MessageWindow => {
  const all = merge(messages, page)
  return { messages: all.slice(0, KEPT), newerUntil: all.length > KEPT ? (newerUntil ?? newestOf(all)) : newerUntil }
}

/** The window with a page from behind it. An empty page says that nothing is left there. */
export const addNewer = ({ messages, newerUntil }: MessageWindow, page: readonly ShownMessage[]): MessageWindow => {
  const all = newest(merge(messages, page))
  return { messages: all, newerUntil: page.length === 0 ? null : openUntil(newerUntil, all) }
}

/** The newest page instead of the window. */
export const jumpToNewest = ({ newerUntil }: MessageWindow, page: readonly ShownMessage[]): MessageWindow => ({
  messages: page,
  newerUntil: openUntil(newerUntil, page),
})
