import type { ShownMessage } from '../../protocol/server-events.ts'
import type { KnownFacts, RoomState } from './room-state.ts'

/** Removals that are remembered: a message that comes late must not be shown again. */
const REMEMBERED = 2_000

/** Who removed a message, by its id; null where it is only known that it was removed. */
export type Removed = ReadonlyMap<string, string | null>

/** What says which messages are gone. */
export type Gone = { removed: Removed; room: Pick<KnownFacts, 'chat_since'> | null }

/** Whether a message may be shown: it was not removed, and the chat was not cleared since. */
export const remains =
  ({ removed, room }: Gone) =>
  ({ id }: Pick<ShownMessage, 'id'>): boolean =>
    !removed.has(id) && id > (room?.chat_since ?? '')

/** The state without the messages that it says are gone. */
export const withoutGone = (state: RoomState): RoomState => {
  const messages = state.messages.filter(remains(state))
  const { newerUntil } = state
  const isEnd = newerUntil !== null && newerUntil <= (state.room?.chat_since ?? '')
  if (messages.length === state.messages.length && !isEnd) return state
  // What is left of a chat that was cleared begins where it does.
  const [first] = state.messages
  const isClearedInto = first !== undefined && first.id <= (state.room?.chat_since ?? '')
  const isFromBeginning = state.isFromBeginning || isClearedInto
  return { ...state, messages, newerUntil: isEnd ? null : newerUntil, isFromBeginning }
}

/** The state after these messages were removed. */
export const withRemoved = (state: RoomState, ids: readonly string[], by: string | null = null): RoomState => {
  const fresh = ids.filter((id) => !state.removed.has(id))
  if (fresh.length === 0) return state
  const removed = new Map([...state.removed, ...fresh.map((id) => [id, by] as const)].slice(-REMEMBERED))
  return withoutGone({ ...state, removed })
}

/** The state without those held messages that `listed` lacks: a piece of the chat that is whole and goes to its end. */
export const withoutUnlisted = (
  state: RoomState,
  listed: readonly ShownMessage[],
  isFromBeginning: boolean,
): RoomState => {
  const ids = new Set(listed.map(({ id }) => id))
  const oldest = isFromBeginning ? '' : (listed.at(0)?.id ?? '')
  // A newer one may have been said since the piece was read.
  const newest = listed.at(-1)?.id ?? ''
  const kept = state.messages.filter(({ id }) => id < oldest || id > newest || ids.has(id))
  const messages = kept.length === state.messages.length ? state.messages : kept
  const [first] = messages
  const begins = isFromBeginning || (state.isFromBeginning && first !== undefined && first.id < oldest)
  if (messages === state.messages && begins === state.isFromBeginning) return state
  return { ...state, messages, isFromBeginning: begins }
}
