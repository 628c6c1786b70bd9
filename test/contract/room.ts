import {
  type Api,
  createApi,
  type JoinOptions,
  joinRoom,
  openRoom,
  type RoomSession,
  type RoomState,
} from '../../client/index.ts'
import type { RoleWithRights } from '../../functions/domain/rights.ts'
import type { Media } from '../../protocol/media.ts'
import { type AnswerOf, type RouteName, routes, type SentOf } from '../../protocol/routes.ts'
import type { ServerEvent, ServerEventOf } from '../../protocol/server-events.ts'
import { type TappedRuntime, tapRuntime } from './tapped-runtime.ts'
import type { Person, Venue } from './venue.ts'

/** One window of a person: the client library on a device of its own. */
export type Client = Person & {
  session: RoomSession
  state: () => RoomState
  /** Frames of that type that came so far. */
  all: <T extends ServerEvent['type']>(type: T) => ServerEventOf<T>[]
  /** The types of all frames that came so far, in order, without PONG: the library sends PINGs when it likes. */
  heard: () => string[]
  /** The next frame of that type for which the condition holds, of those that no `next` has returned yet. */
  next: <T extends ServerEvent['type']>(
    type: T,
    condition?: (event: ServerEventOf<T>) => boolean,
  ) => Promise<ServerEventOf<T>>
  /** A call through the library. The answer is held against the contract. */
  call: <N extends RouteName>(name: N, request: SentOf<N>) => Promise<AnswerOf<N>>
  /** Says something through the library; resolves when the room has heard it. */
  say: (message: string) => Promise<void>
  send: TappedRuntime['send']
  dials: TappedRuntime['dials']
  /** Loses the line and keeps it lost. */
  cut: () => void
  /** The line is back: the library dials again, and is greeted. */
  comeBack: () => Promise<void>
}

/** Somebody before the door. */
type Newcomer = Person & {
  /** A call through the library. */
  call: Client['call']
  /** Joins through the library, as a page does: the session is the room's once it resolves. */
  join: (options?: Pick<JoinOptions, 'onPending' | 'signal'>) => Promise<RoomSession>
}

/** By what somebody has a right: a role, or as any member of a room that gives the command to everyone. */
export type Holder = RoleWithRights | 'everyone'

/** A room and its clients. */
export type ContractRoom = {
  code: string
  host: Person
  /** Who has the right that the case is about. Not inside yet, as the host. */
  holder: Person
  /** A call of the host, who need not be inside. */
  callAsHost: Client['call']
  venue: Venue
  newMember: (name: string) => Promise<Person>
  /** A device of somebody new, who calls the library and is not in the room. */
  newcomer: (name: string) => Promise<Newcomer>
  /** Opens the room as this person does; resolves once the client is greeted, or closed for good. */
  enter: (person: Person) => Promise<Client>
  /** The same without waiting for anything. */
  open: (person: Person) => Client
  /** Waits for a promise while time passes. */
  done: <T>(promise: Promise<T>) => Promise<T>
  /** Resolves once everybody has received all that the server had to tell. */
  settled: () => Promise<void>
  /** Frames that were none of the contract. */
  violations: () => string[]
  close: () => void
}

const isOver = (client: Client): boolean => ['open', 'closed'].includes(client.state().connection.status)

const done = async <T>(venue: Venue, promise: Promise<T>): Promise<T> => {
  let isSettled = false
  const note = () => {
    isSettled = true
  }
  promise.then(note, note)
  await venue.until(() => isSettled, 'an answer')
  return promise
}

const callWith =
  (venue: Venue, api: Api): Client['call'] =>
  async (name, request) =>
    routes[name].answer.parse(await done(venue, api.call(name, request))) as AnswerOf<typeof name>

const openClient = (venue: Venue, code: string, person: Person, tap: TappedRuntime): Client => {
  const { runtime, frames } = tap
  const api: Api = createApi({ origin: venue.origin, token: person.token, runtime })
  const session = openRoom({ api, code, runtime })
  const returned = new Set<ServerEvent>()
  const all: Client['all'] = (type) => frames.filter((frame) => frame.type === type) as ServerEventOf<typeof type>[]
  const heard = () => frames.map(({ type }) => type).filter((type) => type !== 'PONG')
  const client: Client = {
    ...person,
    session,
    state: session.store.get,
    all,
    heard,
    next: async (type, condition = () => true) => {
      const find = () => all(type).find((event) => !returned.has(event) && condition(event))
      const what = `${type} for ${person.name}`
      await venue
        .until(() => find() !== undefined, what)
        .catch((cause) => {
          throw Object.assign(new Error(`No ${what} came. What came: ${heard().join(', ')}`), { cause })
        })
      const found = find()
      if (found === undefined) throw new Error(`${what} is gone.`)
      returned.add(found)
      return found
    },
    call: callWith(venue, api),
    say: (message) => done(venue, session.say(message)),
    send: tap.send,
    dials: tap.dials,
    cut: tap.cut,
    comeBack: async () => {
      tap.mend()
      session.wake()
      await venue.until(() => isOver(client), `the greeting of ${person.name}`)
    },
  }
  return client
}

/** Somebody who has what `by` says in the room. */
const makeHolder = async (by: Holder, room: Pick<ContractRoom, 'callAsHost' | 'code' | 'host' | 'newMember'>) => {
  const { code: room_id, host, callAsHost } = room
  if (by === 'host') return host
  const member = await room.newMember('Hope')
  if (by === 'everyone') await callAsHost('rooms/settings', { room_id, control: 'EVERYONE' })
  else await callAsHost('rooms/role', { room_id, user_id: member.id, role: by })
  return member
}

export const openContractRoom = async (venue: Venue, by: Holder, media: Media | null): Promise<ContractRoom> => {
  const { code, host } = await venue.makeRoom(media)
  const newMember: ContractRoom['newMember'] = (name) => venue.newMember(code, name)
  const hostsApi = createApi({ origin: venue.origin, token: host.token, runtime: venue.newDevice() })
  const callAsHost = callWith(venue, hostsApi)
  const holder = await makeHolder(by, { code, host, callAsHost, newMember })
  const inside: { client: Client; tap: TappedRuntime }[] = []
  const sessions: RoomSession[] = []

  const open = (person: Person): Client => {
    const tap = tapRuntime(venue.newDevice())
    const client = openClient(venue, code, person, tap)
    inside.push({ client, tap })
    return client
  }
  // What a client sent before its PING has reached the server when the PONG comes, and what it was told is there as well.
  const flush = async () => {
    await venue.idle()
    const open = inside.filter(({ client }) => client.state().connection.status === 'open')
    const asked = open.map(({ client, tap }) => ({ client, t0: tap.runtime.now() }))
    for (const { client, t0 } of asked) client.send({ type: 'PING', t0 })
    const isAnswered = ({ client, t0 }: (typeof asked)[number]) =>
      client.state().connection.status !== 'open' || client.all('PONG').some((pong) => pong.t0 === t0)
    await venue.until(() => asked.every(isAnswered), 'a PONG for everybody')
  }

  return {
    ...{ code, host, holder, venue, callAsHost, newMember },
    newcomer: async (name) => {
      const person = await venue.newPerson(name)
      const runtime = venue.newDevice()
      const api = createApi({ origin: venue.origin, token: person.token, runtime })
      const join: Newcomer['join'] = async (options = {}) => {
        const session = await joinRoom({ api, code, runtime, ...options })
        sessions.push(session)
        return session
      }
      return { ...person, call: callWith(venue, api), join: (options) => done(venue, join(options)) }
    },
    open,
    enter: async (person) => {
      const client = open(person)
      await venue.until(() => isOver(client), `the greeting of ${person.name}`)
      return client
    },
    done: (promise) => done(venue, promise),
    settled: async () => {
      await flush()
      await flush()
    },
    violations: () => inside.flatMap(({ tap }) => tap.violations),
    close: () => {
      for (const { client } of inside) client.session.close()
      for (const session of sessions) session.close()
    },
  }
}
