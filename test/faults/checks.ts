import { type RoomState, waitingAmong } from '../../client/index.ts'
import { isWaiting } from '../../functions/domain/membership.ts'
import { may, roleOf } from '../../functions/domain/rights.ts'
import { type PlaybackState, positionAt } from '../../protocol/playback.ts'
import { pickFacts } from '../../protocol/room-facts.ts'
import type { Comings } from './comings.ts'
import type { Failures } from './failures.ts'
import type { Gathering, Scene } from './life.ts'
import type { Person, Said } from './person.ts'
import type { RoomTruth } from './table.ts'

type Part = { name: string; shown: unknown; held: unknown }

const sorted = (ids: Iterable<string>): string[] => [...ids].sort()

/** What the sums of two tellings of one place may differ by, in seconds. */
const SAME_PLACE_S = 0.01

/** Two states are one where they have one version and put the room in one place: `at` may be that of a later telling. */
const playbackAt = (state: PlaybackState | null, { now, room }: RoomTruth) => {
  if (state === null) return null
  const { is_playing, rate, version } = state
  const placeOf = (of: PlaybackState) => positionAt(of, now, room.media?.duration ?? null)
  const isThere = Math.abs(placeOf(state) - placeOf(room)) <= SAME_PLACE_S
  return { is_playing, rate, version, position: placeOf(isThere ? room : state) }
}

/** What a client shows and what the table says, part by part. Names instead of ids, because people read this. */
const partsOf = (state: RoomState, truth: RoomTruth, userId: string): Part[] => {
  const { media, cohosts, ...facts } = pickFacts(truth.room)
  const nameOf = new Map(truth.members.map(({ user_id, name }) => [user_id, name]))
  const named = (ids: Iterable<string>) => sorted([...ids].map((id) => nameOf.get(id) ?? id))
  const shownFacts = Object.fromEntries(Object.keys(facts).map((key) => [key, Reflect.get(state.room ?? {}, key)]))
  return [
    { name: 'playback', shown: playbackAt(state.playback, truth), held: playbackAt(truth.room, truth) },
    { name: 'media', shown: state.media?.url ?? null, held: media?.url ?? null },
    { name: 'facts', shown: shownFacts, held: facts },
    { name: 'cohosts', shown: named(state.room?.cohosts ?? []), held: named(cohosts) },
    {
      name: 'roles',
      shown: state.people.list.map(({ user_id, role }) => [nameOf.get(user_id), role]),
      held: state.people.list.map(({ user_id }) => [nameOf.get(user_id), roleOf(truth.room, user_id)]),
    },
    { name: 'people', shown: named(state.people.list.map(({ user_id }) => user_id)), held: named(truth.present) },
    { name: 'viewers', shown: state.people.viewers, held: truth.present.size },
    ...(may('moderate', truth.room, userId)
      ? [
          {
            name: 'waiting',
            shown: named(waitingAmong(state.members).map(({ id }) => id)),
            held: named(truth.members.filter((member) => isWaiting(member, truth.now)).map(({ user_id }) => user_id)),
          },
        ]
      : []),
  ]
}

const MOST_TEXT = 320
const inWords = (value: unknown): string => JSON.stringify(value).slice(0, MOST_TEXT)

/** Only what differs, where both are lists. */
const difference = ({ name, shown, held }: Part): string => {
  if (!Array.isArray(shown) || !Array.isArray(held))
    return `${name} shown ${inWords(shown)}, in the table ${inWords(held)}`
  const tooMany = shown.filter((one) => !held.includes(one))
  const missing = held.filter((one) => !shown.includes(one))
  return `${name}: shows ${inWords(tooMany)} too many, lacks ${inWords(missing)}`
}

const isOpen = (person: Person) => person.session()?.store.get().connection.status === 'open'

/** Every part of every client of the library is what the table says. */
export const checkParts = (gathering: Gathering, truth: RoomTruth, failures: Failures, when: string): void => {
  for (const person of gathering.people) {
    const state = person.session()?.store.get()
    if (state === undefined) continue
    const who = `${when}: ${person.name} in ${gathering.code}`
    if (!isOpen(person)) {
      failures.note('a client gave up', `${who} is ${inWords(state.connection)}`)
      continue
    }
    for (const part of partsOf(state, truth, person.id))
      if (inWords(part.shown) !== inWords(part.held) || JSON.stringify(part.shown) !== JSON.stringify(part.held))
        failures.note('a part differs from the table', `${who}: ${difference(part)}`)
    checkChat(who, state, truth, failures)
  }
}

/** From the oldest message held on, the table's messages: each once, in its order. */
const checkChat = (who: string, state: RoomState, truth: RoomTruth, failures: Failures): void => {
  const oldest = state.messages.at(0)?.id ?? ''
  const held = truth.messages.filter(({ id }) => id >= oldest).map(({ message }) => message)
  const shown = state.messages.map(({ message }) => message)
  if (JSON.stringify(shown) === JSON.stringify(held)) return
  const told = difference({ name: 'messages', shown, held })
  const order = told.endsWith('shows [] too many, lacks []') ? ', in another order or one twice' : ''
  failures.note('a message is missing, twice or out of order', `${who}: ${told}${order}`)
}

/** How often a message may be in the table, by what its writer and whoever removed it were told. */
const timesOf = ({ outcome, removal }: Said): { least: number; most: number } => {
  // A client with the given fields gives its messages no mark by which a repetition could be known.
  if (outcome === 'unmarked') return { least: 0, most: Number.POSITIVE_INFINITY }
  const isGone = outcome === 'refused' || removal === 'done'
  return { least: outcome === 'accepted' && removal === undefined ? 1 : 0, most: isGone ? 0 : 1 }
}

/**
 * What was said is in the table once where the writer was told so, and never twice; and not at all where somebody was told
 * that it is removed, however often it was sent.
 */
export const checkSaid = (said: readonly Said[], truths: ReadonlyMap<string, RoomTruth>, failures: Failures): void => {
  for (const message of said) {
    const { code, text, by, outcome, removal } = message
    const times = truths.get(code)?.texts.filter((one) => one === text).length ?? 0
    const { least, most } = timesOf(message)
    if (times >= least && times <= most) continue
    const ended = removal === undefined ? '' : `, its removal was ${removal}`
    const told = `“${text}” of ${by} in ${code} was ${outcome === 'unknown' ? 'not answered' : outcome}${ended}`
    failures.note('a message is missing, twice or out of order', `${told}, and the table has it ${times} times`)
  }
}

/** The client that knows only the given fields has heard every message, and is where the room is. */
export const checkGivenOnly = (
  { givenOnly, code, isGivenOnlySilent }: Gathering,
  truth: RoomTruth,
  failures: Failures,
): void => {
  const shown = givenOnly.shows()
  const since = givenOnly.greetedAt() ?? Number.POSITIVE_INFINITY
  const missing = truth.messages.filter(
    ({ created_at, message }) => created_at >= since && !shown.everHeard.has(message),
  )
  const who = `the ${isGivenOnlySilent ? 'silent' : 'speaking'} client in ${code}`
  const note = (text: string) => failures.note('the given fields do not suffice', `${who} ${text}`)
  if (!givenOnly.isConnected()) note('is not connected')
  if (missing.length > 0) note(`never heard ${inWords(missing.map(({ message }) => message))}`)
  if (shown.isPlaying !== truth.room.is_playing)
    note(`shows a room that ${shown.isPlaying ? 'plays' : 'stands'}, the table has the opposite`)
  // A room that stands is where it was told to be; where one plays, the client cannot know to the second.
  else if (!shown.isPlaying && Math.abs(shown.time - truth.room.time) > 0.01)
    note(`stands at ${shown.time}, the table at ${truth.room.time}`)
}

/** Whom the server counts is there, and who is there is counted. */
export const checkPresence = (gathering: Gathering, truth: RoomTruth, failures: Failures, when: string): void => {
  const { code, people, givenOnly } = gathering
  const connected = new Map(
    people.map((person) => [person.id, isOpen(person) && person.device()?.isConnected() === true]),
  )
  const nameOf = (id: string) => truth.members.find(({ user_id }) => user_id === id)?.name ?? id
  for (const id of truth.present)
    if (id !== gathering.givenOnlyId && connected.get(id) !== true)
      failures.note('a ghost is left', `${when}: ${nameOf(id)} in ${code} is counted and has no socket`)
  const areThere = [...connected].filter(([, isThere]) => isThere).map(([id]) => id)
  for (const id of givenOnly.isConnected() ? [...areThere, gathering.givenOnlyId] : areThere)
    if (!truth.present.has(id))
      failures.note(
        'somebody who is there was removed',
        `${when}: ${nameOf(id)} in ${code} has an open socket and is not counted`,
      )
}

/** What every open socket was told of comings and goings ends with who is there. */
export const checkComings = (
  scene: Pick<Scene, 'failures'> & { comings: Comings; connectionOf: (userId: string) => string | undefined },
  gathering: Gathering,
  isExcused: (userId: string) => boolean,
): void => {
  const isThere = new Map(gathering.people.map((person) => [person.id, isOpen(person)]))
  for (const observer of gathering.people.filter(isOpen)) {
    const connectionId = scene.connectionOf(observer.id)
    if (connectionId === undefined) continue
    for (const other of gathering.people) {
      if (other === observer || isExcused(other.id)) continue
      const wrong = scene.comings.wrongFor(connectionId, other.id, isThere.get(other.id) === true)
      if (wrong !== undefined)
        scene.failures.note(
          'joins and leaves do not add up',
          `${observer.name} in ${gathering.code} was told of ${other.name}: ${wrong}`,
        )
    }
  }
}
