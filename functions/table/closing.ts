import { isThoughtThere } from '../domain/presence.ts'
import { change } from './change.ts'
import { equals } from './conditions.ts'
import { parsePresence, presenceItemKey } from './presences.ts'
import { forgetLeft } from './sockets.ts'

/**
 * Notes that a person's removed sockets are closed, unless others of them were removed meanwhile. The row goes where that
 * was all that kept it.
 */
export const noteClosed = async (code: string, userId: string, closing: readonly string[]): Promise<void> => {
  const closed = { remove: ['closing'], when: equals('closing', closing) }
  const { done, item } = await change(presenceItemKey({ code, userId }), closed, 'ALL_NEW')
  if (!done || item === undefined) return
  const rest = parsePresence(item)
  if (rest.connections.length === 0 && !isThoughtThere(rest)) await forgetLeft({ code, userId }, rest.present_since)
}
