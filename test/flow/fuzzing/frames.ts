import { ClientEvent } from '../../../protocol/client-events.ts'
import { type ClientEventType, clientEventTypes } from '../../../protocol/event-types.ts'
import { damage, inflate, integer, junk, mutate, pick, type Random } from './junk.ts'

/** The platform closes a socket for a frame above this. */
const PLATFORM_FRAME_BYTES = 32 * 1024
const TYPES = [...clientEventTypes, '$connect', '$disconnect', 'DANCE']

type Fields = (random: Random) => Record<string, unknown>
const time: Fields = (random) => ({ time: integer(random, 1000) })

/** What a legal event of each type says beside its mark. */
const fieldsOf: Record<ClientEventType, Fields> = {
  CHAT_MESSAGE: (random) => ({ message: `message ${integer(random, 1000)}` }),
  PLAY: time,
  PAUSE: time,
  SEEK: time,
  PING: (random) => ({ t0: integer(random, 1_000_000) }),
  SYNC_REQUEST: (random) => (random() < 0.8 ? {} : { after: '01ARZ3NDEKTSV4RRFFQ69G5FAV' }),
}

const legal = (random: Random): Record<string, unknown> => {
  const ref = random() < 0.3 ? { ref: `r${integer(random, 1000)}` } : {}
  const type = pick(random, clientEventTypes)
  return { type, ...fieldsOf[type](random), ...ref }
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
