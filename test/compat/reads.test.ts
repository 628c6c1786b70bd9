import { beforeAll, describe, expect, it } from 'vitest'
import type * as z from 'zod'
import type { Invoked } from '../staging/in-process.ts'
import { setUpStage } from '../staging/set-up-stage.ts'
import { readRecorded, versions } from './recorded.ts'
import { accountsOfEveryKind } from './recorder/accounts.ts'
import { startPastClock } from './recorder/past-clock.ts'
import { account, type Play } from './recorder/play.ts'
import { endRoom, openFilm, openOthers } from './recorder/rooms.ts'
import { sendAway, usePage, watchFilm } from './recorder/watching.ts'
import { readItems } from './tables.ts'

/** How a version reads: every folder has it in `reads.ts`. */
type Reads = typeof import('./0.1.0/reads.ts')
type Where = keyof Reads['items']

const old = await Promise.all(
  versions.map(async (version): Promise<[string, Reads]> => [version, await import(`./${version}/reads.ts`)]),
)
const partOf = (token: string, part: number): object =>
  JSON.parse(String(Buffer.from(token.split('.')[part] ?? '', 'base64url')))

let play: Play
let items: Awaited<ReturnType<typeof readItems>>
const invoked: Invoked[] = []
const stage = setUpStage({ onInvoked: (one) => invoked.push(one) })

beforeAll(async () => {
  play = { stage, clock: startPastClock(Date.now()), people: {}, rooms: {}, refused: {}, watched: [] }
  await account(play, 'hana', 'Hana', 'Hana@Example.com')
  const film = async () => {
    await openFilm(play)
    await accountsOfEveryKind(play)
    await Promise.all([watchFilm(play).then(() => sendAway(play)), openOthers(play)])
  }
  await Promise.all([film(), usePage(play), endRoom(play)])
  items = await readItems(stage)
}, 60_000)

const called = (id: string) => invoked.filter((one) => one.id === id)
const parses = (schema: z.ZodType, value: unknown): void => {
  const read = schema.safeParse(value)
  expect(read.error?.issues, JSON.stringify(value)).toBeUndefined()
}

describe.each(old)('%s reads what is written today', (version, reads) => {
  const kinds = (['core', 'connections'] as const).flatMap((where: Where) =>
    reads.items[where].map((kind) => ({ where, ...kind })),
  )
  const ofKind = <I extends { pk?: unknown; sk?: unknown }>(
    all: readonly I[],
    { pk, sk }: { pk: RegExp; sk: RegExp },
  ) => all.filter((item) => pk.test(String(item.pk)) && sk.test(String(item.sk)))

  it.each(kinds)('in the $where table: $kind', (kind) => {
    const written = ofKind(items[kind.where], kind)
    expect(written).not.toEqual([])
    for (const item of written) parses(kind.schema, item)
  })

  it('in tokens', () => {
    for (const { token } of Object.values(play.people))
      parses(reads.Token, { ...partOf(token, 0), ...partOf(token, 1) })
  })

  it('in what one function tells another', () => {
    const contexts = called('Authorizer').flatMap(({ result }) =>
      typeof result === 'object' && result !== null && 'context' in result ? [result.context] : [],
    )
    expect(contexts).not.toEqual([])
    for (const context of contexts) parses(reads.SocketContext, context)
    for (const { event } of called('Welcome')) parses(reads.Arrival, event)
  })

  it('in frames of the server', () => {
    const known = new Set<unknown>(reads.ServerEvent.options.map(({ shape }) => shape.type.value))
    const heard = play.watched.flatMap(({ socket }) => socket.texts.map((text) => JSON.parse(text)))
    // Types that it does not know its pages ignore.
    for (const frame of heard.filter(({ type }) => known.has(type))) parses(reads.ServerEvent, frame)
    expect([...known].filter((type) => !heard.some((frame) => frame.type === type))).toEqual([])
  })

  it('in frames of a page', () => {
    const known = new Set<unknown>(reads.ClientEvent.options.map(({ shape }) => shape.type.value))
    const solo = called('Message').filter(({ event }) => JSON.stringify(event).includes(play.rooms.solo?.code ?? '-'))
    const sent = solo.map(({ event }) => JSON.parse((event as { body: string }).body))
    expect(sent.length).toBeGreaterThan(5)
    for (const frame of sent) expect([...known], frame.type).toContain(frame.type)
    for (const frame of sent) parses(reads.ClientEvent, frame)
  })

  it('as it read what it wrote itself, every kind and every type', () => {
    const recorded = readRecorded(version)
    for (const kind of kinds) {
      const written = ofKind(recorded.items[kind.where], kind)
      expect(written, kind.kind).not.toEqual([])
      // A room that was swept is in no listing.
      for (const item of written.filter((one) => one.sk !== 'META' || 'listing' in one)) parses(kind.schema, item)
    }
    expect(kinds.reduce((sum, kind) => sum + ofKind(recorded.items[kind.where], kind).length, 0)).toBe(
      recorded.items.core.length + recorded.items.connections.length,
    )
    const types = (schema: Reads['ServerEvent'] | Reads['ClientEvent']) =>
      schema.options.map(({ shape }) => shape.type.value as string).sort()
    const found = (frames: readonly { type: string }[]) => [...new Set(frames.map(({ type }) => type))].sort()
    expect(found(recorded.frames.server.flatMap(({ heard }) => heard))).toEqual(types(reads.ServerEvent))
    expect(found(recorded.frames.client)).toEqual(types(reads.ClientEvent))
  })
})
