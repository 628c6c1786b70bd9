import { ClientEvent } from '../../../protocol/client-events.ts'
import { damage, inflate, integer, junk, mutate, pick, type Random } from './junk.ts'

/** The platform closes a socket for a frame above this. */
const PLATFORM_FRAME_BYTES = 32 * 1024
const TYPES = ['CHAT_MESSAGE', 'PLAY', 'PAUSE', 'SEEK', 'PING', 'SYNC_REQUEST', '$connect', '$disconnect', 'DANCE']

const legal = (random: Random): Record<string, unknown> => {
  const ref = random() < 0.3 ? { ref: `r${integer(random, 1000)}` } : {}
  const type = pick(random, TYPES.slice(0, 6))
  if (type === 'CHAT_MESSAGE') return { type, message: `message ${integer(random, 1000)}`, ...ref }
  if (type === 'PING') return { type, t0: integer(random, 1_000_000), ...ref }
  if (type === 'SYNC_REQUEST') return random() < 0.8 ? { type, ...ref } : { type, after: '01ARZ3NDEKTSV4RRFFQ69G5FAV' }
  return { type, time: integer(random, 1000), ...ref }
}

const frame = (random: Random): string => {
  const choice = random()
  if (choice < 0.1) return JSON.stringify(legal(random))
  if (choice < 0.5) return JSON.stringify(mutate(random, legal(random)))
  if (choice < 0.6) return JSON.stringify({ ...mutate(random, legal(random)), type: pick(random, TYPES) })
  if (choice < 0.8) return damage(random, JSON.stringify(legal(random)))
  if (choice < 0.95) return JSON.stringify(junk(random))
  if (choice < 0.97) return inflate(random, integer(random, PLATFORM_FRAME_BYTES))
  return JSON.stringify({ ...legal(random), filler: 'x'.repeat(integer(random, PLATFORM_FRAME_BYTES - 300)) })
}

/** The legal event that a frame holds, if it holds one: what the schemas of the protocol say, and nothing of the server. */
export const eventIn = (text: string): ClientEvent | undefined => {
  if (Buffer.byteLength(text) > 8 * 1024) return undefined
  try {
    const parsed = ClientEvent.safeParse(JSON.parse(text))
    return parsed.success ? parsed.data : undefined
  } catch {
    return undefined
  }
}

/** A frame that the server may read, and that holds none of the events which this sender must not send. */
export const frameWithout = (random: Random, excluded: readonly ClientEvent['type'][]): string => {
  for (;;) {
    const text = frame(random)
    const event = eventIn(text)
    const sendable = text !== '' && text.isWellFormed() && Buffer.byteLength(text) <= PLATFORM_FRAME_BYTES
    if (sendable && (event === undefined || !excluded.includes(event.type))) return text
  }
}
