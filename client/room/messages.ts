import type { ShownMessage } from '../../protocol/server-events.ts'

/** Messages that a room keeps in memory; others are read over HTTP. */
const KEPT = 2_000

/**
 * The messages in memory, oldest first and without a gap. The window follows the newest message, until somebody has
 * scrolled back so far that newer ones were let go. `newerUntil` is then the id of the newest message that is known and
 * not held; else it is null. `isFromBeginning`: nothing older is known to be missing.
 */
export type MessageWindow = { messages: readonly ShownMessage[]; newerUntil: string | null; isFromBeginning: boolean }

/** Both lists as one: every message once, oldest first (an id begins with its time of creation). */
const merge = (held: readonly ShownMessage[], added: readonly ShownMessage[]): readonly ShownMessage[] => {
  const known = new Set(held.map(({ id }) => id))
  const fresh = added.filter(({ id }) => !known.has(id) && known.add(id))
  if (fresh.length === 0) return held
  return [...held, ...fresh].sort((one, other) => (one.id < other.id ? -1 : 1))
}

/** The newest of these: the window lets the others go. */
const followed = (
  messages: readonly ShownMessage[],
  isFromBeginning: boolean,
): Pick<MessageWindow, 'isFromBeginning' | 'messages'> =>
  messages.length > KEPT ? { messages: messages.slice(-KEPT), isFromBeginning: false } : { messages, isFromBeginning }

const newestOf = (messages: readonly ShownMessage[]): string => messages.at(-1)?.id ?? ''

/**
 * The `newerUntil` of a window with these messages: null once they reach what is known. `reached`: they end as the chat
 * did when this was the newest one known. It may have been removed since.
 */
const openUntil = (
  newerUntil: string | null,
  messages: readonly ShownMessage[],
  reached: string | null,
): string | null =>
  newerUntil !== null && newerUntil !== reached && newestOf(messages) < newerUntil ? newerUntil : null

/**
 * The window after something was said, just now or lately. While newer messages are let go, the window does not grow at
 * its end. The same list comes back where nothing is new, so that nothing is drawn again.
 */
export const addSaid = (window: MessageWindow, said: readonly ShownMessage[]): MessageWindow => {
  const { messages, newerUntil, isFromBeginning } = window
  if (newerUntil === null) return { ...followed(merge(messages, said), isFromBeginning), newerUntil }
  const end = newestOf(messages)
  const latest = said.reduce((known, { id }) => (id > known ? id : known), newerUntil)
  return {
    messages: merge(
      messages,
      said.filter(({ id }) => id < end),
    ),
    newerUntil: latest,
    isFromBeginning,
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

/**
 * A page of the chat. `isMore`: it ends before the chat does, in the direction in which it was asked for. `until`: the
 * window's `newerUntil` when it was asked for.
 */
export type Page = { messages: readonly ShownMessage[]; isMore: boolean; until: string | null }

/** The window with a page from before it: what no longer fits goes from the window's end. */
export const addOlder = ({ messages, newerUntil }: MessageWindow, page: Page): MessageWindow => {
  const all = merge(messages, page.messages)
  const until = all.length > KEPT ? (newerUntil ?? newestOf(all)) : newerUntil
  return { messages: all.slice(0, KEPT), newerUntil: until, isFromBeginning: !page.isMore }
}

/** The window with a page from behind it. */
export const addNewer = (
  { messages, newerUntil, isFromBeginning }: MessageWindow,
  { messages: page, isMore, until }: Page,
): MessageWindow => {
  const all = followed(merge(messages, page), isFromBeginning)
  return { ...all, newerUntil: openUntil(newerUntil, all.messages, isMore ? null : until) }
}

/** The newest page instead of the window. */
export const jumpToNewest = ({ newerUntil }: MessageWindow, { messages, isMore, until }: Page): MessageWindow => ({
  messages,
  newerUntil: openUntil(newerUntil, messages, until),
  isFromBeginning: !isMore,
})
