import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'

/** What a version's folder holds. Readers of tests name people and rooms by the word that the recorder gave them. */
const Item = z.record(z.string(), z.unknown())
const Frame = z.looseObject({ type: z.string() })

const Cast = z.object({
  version: z.string(),
  /** Epoch milliseconds of the moment at which the tables were read. */
  instant: z.number(),
  people: z.record(
    z.string(),
    z.object({
      id: z.string(),
      display_name: z.string(),
      is_guest: z.boolean(),
      email: z.string().optional(),
      password: z.string().optional(),
    }),
  ),
  rooms: z.record(z.string(), z.object({ code: z.string(), password: z.string().optional() })),
})

const Tokens = z.object({
  signing_key: z.object({ id: z.string(), value: z.string() }),
  hold: z.record(z.string(), z.string()),
  refused: z.record(z.string(), z.string()),
})

/** What a page shows, in words of the contract. */
const Meaning = z.object({
  people: z.array(z.string()),
  host_id: z.string().nullable(),
  viewers: z.number(),
  messages: z.array(z.string()),
  playback: z.unknown(),
  media: z.unknown(),
  room: z.unknown(),
  requests: z.array(z.string()),
})
export type Meaning = z.infer<typeof Meaning>

const Frames = z.object({
  /** Each distinct frame that a page sent. */
  client: z.array(Frame),
  /** Everything that one socket heard, in order, and what the page made of it. */
  server: z.array(z.object({ who: z.string(), room: z.string(), heard: z.array(Frame), meaning: Meaning })),
})

const Answers = z.object({
  /** Each kind of answer to each route, with the request that led to it. */
  calls: z.array(z.object({ route: z.string(), request: z.unknown(), status: z.number(), answer: z.unknown() })),
  /** What the recorded items answered at the recorded instant. */
  reads: z.array(
    z.object({
      route: z.string(),
      request: z.record(z.string(), z.string()),
      who: z.string().nullable(),
      status: z.number(),
      answer: z.record(z.string(), z.unknown()),
    }),
  ),
})

const Events = z.object({
  /** Of sockets that are open at the recorded instant: what the authorizer passed on, and what welcome was told. */
  sockets: z.array(
    z.object({
      who: z.string(),
      room: z.string(),
      connection_id: z.string(),
      context: z.record(z.string(), z.string()),
      arrival: z.record(z.string(), z.string()),
    }),
  ),
})

const files = {
  cast: Cast,
  items: z.object({ core: z.array(Item), connections: z.array(Item) }),
  tokens: Tokens,
  frames: Frames,
  answers: Answers,
  events: Events,
}
export type Recorded = { [F in keyof typeof files]: z.infer<(typeof files)[F]> }

export const folderOf = (version: string): string => join(import.meta.dirname, version)

/** Every version that has a folder. */
export const versions = readdirSync(import.meta.dirname).filter((name) => existsSync(join(folderOf(name), 'cast.json')))

export const readRecorded = (version: string): Recorded => {
  const read = <F extends keyof typeof files>(name: F) =>
    files[name].parse(JSON.parse(readFileSync(join(folderOf(version), `${name}.json`), 'utf8'))) as Recorded[F]
  return {
    cast: read('cast'),
    items: read('items'),
    tokens: read('tokens'),
    frames: read('frames'),
    answers: read('answers'),
    events: read('events'),
  }
}
