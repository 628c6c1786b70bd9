import { readFileSync } from 'node:fs'
import { inject } from 'vitest'
import { randomIds } from '../../functions/domain/ids.ts'
import { createTables, startDynamoDb } from '../../local/dynamodb.ts'
import type { Limits } from '../../local/limits.ts'
import { type Runtime, startRuntime } from '../../local/runtime.ts'
import type { Template } from '../../local/template/template.ts'
import { type AnswerOf, type RequestOf, type RouteName, routes } from '../../protocol/routes.ts'
import { createInProcessInvoker, type Invoked, type Replaced } from './in-process.ts'
import './provided.ts'
import { holdAnswer } from './published.ts'
import { pointSdk } from './sdk-environment.ts'
import { openSocket, type RoomSocket } from './socket.ts'

/** Somebody with a token. */
export type Person = { id: string; name: string; token: string }
export type Answer = { status: number; body: Record<string, unknown> }

export type Stage = {
  runtime: Runtime
  services: Replaced
  /** Moves the functions' clock by that much. */
  elapse: (milliseconds: number) => void
  /** Restarts the emulator on its file: calls to the tables fail for a moment. */
  restartTables: () => Promise<void>
  /** One HTTP call as a plain client makes it. Its answer is held against docs/openapi.json. */
  request: (
    method: string,
    path: string,
    options?: { body?: unknown; token?: string | undefined; headers?: Record<string, string> },
  ) => Promise<Answer>
  /** A call of the contract that must succeed; the answer is held against its schema. */
  call: <N extends RouteName>(name: N, input: unknown, caller?: Person) => Promise<AnswerOf<N>>
  /** A call of the contract that must be refused. */
  refused: (name: RouteName, input: unknown, caller?: Person) => Promise<Answer>
  guest: (name: string) => Promise<Person>
  /** A room hosted by a new guest. */
  room: (
    input?: Partial<RequestOf<'rooms/create'>>,
    hostName?: string,
  ) => Promise<{ code: string; host: Person; password: string | undefined }>
  /** A new guest who has joined the room. */
  member: (code: string, name: string) => Promise<Person>
  /** The host offers the room to a member, who accepts. */
  handOver: (code: string, from: Person, to: Person) => Promise<void>
  /** An open socket that has been greeted. */
  enter: (code: string, person: Person) => Promise<RoomSocket>
  /** Resolves once no function is running and every open socket has received what was sent to it. */
  settled: () => Promise<void>
  close: () => Promise<void>
}

export const readTemplate = (): Template => JSON.parse(readFileSync(inject('stack').templateFile, 'utf8'))

export type StageOptions = {
  template?: Template
  /** Folder of the template's assets; those of this test run unless given. */
  assets?: string
  /** Keeps the tables in a file, so that the emulator can be restarted. */
  databaseFile?: string
  limits?: Partial<Limits>
  clock?: () => number
  /** Holds `secrets.json`, where the stage is to sign with secrets made before. */
  stateFolder?: string
  /** Told of every call of a function once it is over: its construct's id, what it was called with, what it answered. */
  onInvoked?: (invoked: Invoked) => void
}

/** The whole backend from sources: real emulator, real sockets, the deployed template. */
export const startStage = async ({
  template = readTemplate(),
  assets = inject('stack').assets,
  databaseFile,
  limits,
  clock = Date.now,
  stateFolder,
  onInvoked,
}: StageOptions = {}): Promise<Stage> => {
  const dynamodb = await startDynamoDb(databaseFile === undefined ? {} : { databaseFile })
  await createTables(dynamodb.endpoint, template, { emptyDisposable: true })
  let ahead = 0
  const services: Replaced = { clock: () => clock() + ahead, ids: randomIds }
  const faults: string[] = []
  const frozen = new Set<string>()
  const onFrozen = (sentence: string) => frozen.add(sentence)
  const invoker = createInProcessInvoker(services, { onInvoked, onFrozen })
  const runtime = await startRuntime({
    template,
    assets,
    dynamodb: dynamodb.endpoint,
    invoker: () => invoker,
    ...(limits !== undefined && { limits }),
    ...(stateFolder !== undefined && { stateFolder }),
    log: (line) => faults.push(line),
    onFrozen,
  })
  const environment: Record<string, string> = Object.assign({}, ...runtime.functions.map((fn) => fn.environment))
  const pointBack = pointSdk(environment)
  // Imported here, and not above: a test that loads the sources anew gets the module that its functions use.
  const { openTables } = await import('../../functions/table/client.ts')
  openTables({ core: environment.CORE_TABLE, connections: environment.CONNECTIONS_TABLE })
  const sockets: RoomSocket[] = []

  const request: Stage['request'] = async (method, path, { body, token, headers } = {}) => {
    const response = await fetch(`${runtime.url}${path}`, {
      method,
      headers: { ...(token !== undefined && { authorization: `Bearer ${token}` }), ...headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    const answer = { status: response.status, body: text === '' ? {} : JSON.parse(text) }
    holdAnswer({ method, path, sent: body, ...answer })
    return answer
  }
  const send = (name: RouteName, input: unknown, caller: Person | undefined): Promise<Answer> => {
    const { method, path } = routes[name]
    const fields = (input ?? {}) as Record<string, string>
    const filled = path.replace(/\{(\w+)\}/g, (_, field) => encodeURIComponent(fields[field] ?? ''))
    if (method === 'POST') return request(method, `${filled}/`, { body: input, token: caller?.token })
    return request(method, `${filled}/?${new URLSearchParams(fields)}`, { token: caller?.token })
  }

  const stage: Stage = {
    runtime,
    services,
    elapse: (milliseconds) => {
      ahead += milliseconds
    },
    restartTables: dynamodb.restart,
    request,
    call: async (name, input, caller) => {
      const { status, body } = await send(name, input, caller)
      if (status !== routes[name].status) throw new Error(`${name} answered ${status}: ${JSON.stringify(body)}`)
      return routes[name].answer.parse(body) as AnswerOf<typeof name>
    },
    refused: async (name, input, caller) => {
      const answer = await send(name, input, caller)
      if (answer.status < 400) throw new Error(`${name} was not refused: ${JSON.stringify(answer.body)}`)
      return answer
    },
    guest: async (name) => {
      const { id, access_token } = await stage.call('auth/guest', { display_name: name })
      return { id, name, token: access_token }
    },
    room: async (input = {}, hostName = 'Hana') => {
      const host = await stage.guest(hostName)
      const { code, room_password } = await stage.call('rooms/create', { is_private: false, ...input }, host)
      return { code, host, password: room_password }
    },
    handOver: async (code, from, to) => {
      await stage.call('rooms/transfer', { room_id: code, user_id: to.id }, from)
      await stage.call('rooms/accept-transfer', { room_id: code, accept: true }, to)
    },
    member: async (code, name) => {
      const person = await stage.guest(name)
      await stage.call('rooms/join', { code }, person)
      return person
    },
    enter: async (code, person) => {
      const socket = await openSocket(runtime.roomUrl(code, person.token))
      sockets.push(socket)
      await socket.next('PLAYBACK_STATE')
      return socket
    },
    settled: async () => {
      await invoker.idle()
      await Promise.all(sockets.map((socket) => socket.flush()))
      await invoker.idle()
      await Promise.all(sockets.map((socket) => socket.flush()))
    },
    close: async () => {
      await Promise.all(sockets.map((socket) => socket.socket.terminate()))
      await invoker.idle()
      await runtime.close()
      await dynamodb.close()
      pointBack()
      if (frozen.size > 0) throw new Error(`Lambda freezes a function that has answered. ${[...frozen].join(' ')}`)
    },
  }
  return stage
}
