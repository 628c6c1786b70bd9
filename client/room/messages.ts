import type { ShownMessage } from '../../protocol/server-events.ts'

/** Messages that a room keeps in memory; older ones are read over HTTP. */
const KEPT = 2_000

/**
 * Both lists as one: every message once, oldest first (an id begins with its time of creation). The same list comes back
 * where nothing is new, so that nothing is drawn again.
 * @example mergeMessages([first], [second, first]) // [first, second]
 */
export const mergeMessages = (
  held: readonly ShownMessage[],
  added: readonly ShownMessage[],
): readonly ShownMessage[] => {
  const known = new Set(held.map(({ id }) => id))
  const fresh = added.filter(({ id }) => !known.has(id) && known.add(id))
  if (fresh.length === 0) return held
  const merged = [...held, ...fresh].sort((one, other) => (one.id < other.id ? -1 : 1))
  return merged.slice(-KEPT)
}
