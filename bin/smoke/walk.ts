import { type Calls, createCalls } from './calls.ts'
import { openRoomSocket, type RoomSocket } from './room-socket.ts'
import { logOf, Trouble, within } from './trouble.ts'

export type SmokeOptions = {
  /** Scheme and host of the deployment. */
  origin: string
  /** Who makes the room, where guests may not; who goes alone, in several windows, where guests are not admitted. */
  account?: { email: string; password: string }
  /** How long one answer or frame may take: a cold start is within it. */
  patienceMs?: number
}
/** Told of every step once it is over. */
export type Tell = (step: string, milliseconds: number) => void

const WHOLE_MS = 20_000
const PATIENCE_MS = 8_000
/** Functions and this machine take their time from elsewhere; a client measures the difference and needs no agreement. */
const SKEW_MS = 10_000
const SAID = 'Is everybody comfortable?'
const POSITION = 42

type Person = { id: string; token: string }
/** What has to be taken away again. */
type Made = { guests: Person[]; sockets: RoomSocket[]; room?: { code: string; host: Person } }
type Walk = {
  call: Calls
  enter: (code: string, who: string, person: Person) => Promise<RoomSocket>
  guest: (name: string) => Promise<Person>
  step: <Result>(name: string, work: () => Promise<Result>) => Promise<Result>
  made: Made
}

const GREETING = `It comes from the function welcome, which connect starts. ${logOf('welcome', 'connect')}`
const FANOUT = logOf('message')

/** The three frames of a greeting, in their order. */
const greeted = async (socket: RoomSocket) => {
  await socket.next('ROOM_PARTICIPANTS', `A greeting is missing. ${GREETING}`)
  const { messages } = await socket.next('CHAT_HISTORY', `The greeting stops in its middle. ${GREETING}`)
  return { messages, playback: await socket.next('PLAYBACK_STATE', `The greeting has no end. ${GREETING}`) }
}

const clock = async (socket: RoomSocket): Promise<void> => {
  const t0 = Date.now()
  socket.send({ type: 'PING', t0 })
  const pong = await socket.next(
    'PONG',
    `A PING was not answered: its route has no route response. ${logOf('message')}`,
  )
  const apart = Math.round((pong.t1 + pong.t2) / 2 - (t0 + Date.now()) / 2)
  if (pong.t0 !== t0) throw new Trouble(`PONG says t0 = ${pong.t0}, and the PING said ${t0}. ${logOf('message')}`)
  if (Math.abs(apart) > SKEW_MS)
    throw new Trouble(
      `The server's clock and the one of this machine are ${Math.abs(apart / 1000).toFixed(0)} s apart. AWS keeps that of Lambda, so set this machine's, or ask from another one.`,
    )
}

/** Two people in a room: what one does, the other sees. */
const together = async ({ step, enter }: Walk, code: string, host: Person, viewer: Person) => {
  const [theirs, its] = await step('two sockets through the edge', () =>
    Promise.all([enter(code, 'the host', host), enter(code, 'the viewer', viewer)]),
  )
  await step('both are greeted', () => Promise.all([greeted(theirs), greeted(its)]))
  await step('a message arrives', async () => {
    theirs.send({ type: 'CHAT_MESSAGE', message: SAID })
    await its.next('CHAT_MESSAGE', `The host's message does not arrive. ${FANOUT}`, ({ message }) => message === SAID)
  })
  await step('PLAY arrives', async () => {
    theirs.send({ type: 'PLAY', time: POSITION })
    await its.next('PLAY', `The host's command does not arrive. ${FANOUT}`, ({ time }) => time === POSITION)
  })
  return { theirs, its }
}

/** Who makes the room, and who comes to it: others, or, where nobody is admitted without an account, the same again. */
const people = async ({ call, step, guest }: Walk, account: SmokeOptions['account']) => {
  const signIn = async (given: NonNullable<SmokeOptions['account']>): Promise<Person> => {
    const { id, access_token } = await call('auth/login', given)
    return { id, token: access_token }
  }
  const viewer = await step('a guest', async () => {
    try {
      return await guest('Smoke viewer')
    } catch (error) {
      if (account !== undefined && error instanceof Trouble && error.code === 'guests_closed') return undefined
      throw error
    }
  })
  if (account !== undefined && viewer === undefined) {
    const alone = await step('an account, which goes alone: guests are not admitted', () => signIn(account))
    return { host: alone, viewer }
  }
  const host = await step(account === undefined ? 'another guest' : 'an account', () =>
    account === undefined ? guest('Smoke host') : signIn(account),
  )
  return { host, viewer }
}

const kick = async (
  call: Calls,
  { code, host, viewer }: { code: string; host: Person; viewer: Person },
  theirs: RoomSocket,
  its: RoomSocket,
): Promise<void> => {
  await call('rooms/kick', { room_id: code, user_id: viewer.id }, host.token)
  await its.next('REMOVED', `Who is kicked is not told. ${logOf('api')}`)
  await theirs.next(
    'USER_LEFT',
    `A kick is not told to the others. ${logOf('api')}`,
    (left) => left.user_id === viewer.id,
  )
}

const walkThrough = async (walk: Walk, account: SmokeOptions['account']): Promise<void> => {
  const { call, step, guest, enter, made } = walk
  await step('the service answers', () => call('health', {}))
  const { host, viewer } = await people(walk, account)
  const { code } = await step('a room', () =>
    call('rooms/create', { is_private: false, is_listed: false, name: 'Smoke test' }, host.token),
  )
  made.room = { code, host }
  if (viewer !== undefined) await step('the guest joins', () => call('rooms/join', { code }, viewer.token))
  const { theirs, its } = await together(walk, code, host, viewer ?? host)
  await step('who comes late sees the film where it is', async () => {
    const late = viewer === undefined ? host : await guest('Smoke latecomer')
    if (viewer !== undefined) await call('rooms/join', { code }, late.token)
    const { messages, playback } = await greeted(await enter(code, 'the latecomer', late))
    if (!playback.is_playing || playback.time < POSITION)
      throw new Trouble(`Somebody who comes late is greeted with a film that stands. ${GREETING}`)
    if (!messages.some(({ message }) => message === SAID))
      throw new Trouble(`Somebody who comes late does not get what was said before. ${GREETING}`)
  })
  await step('the clock', () => clock(theirs))
  if (viewer !== undefined) await step('a kick', () => kick(call, { code, host, viewer }, theirs, its))
  await step('the room is deleted', async () => {
    await call('rooms/delete', { room_id: code }, host.token)
    delete made.room
    await theirs.next('ROOM_DELETED', `The end of a room is not told. ${logOf('api')}`)
  })
}

/** Takes away what the walk left: sockets, its room, its guests. */
const clear = async (call: Calls, { guests, sockets, room }: Made): Promise<void> => {
  for (const socket of sockets) socket.end()
  if (room !== undefined) await call('rooms/delete', { room_id: room.code }, room.host.token)
  for (const { token } of guests) await call('auth/delete', {}, token)
}

/**
 * Walks through a deployment as two viewers and a latecomer, or as one account in three windows.
 * @throws Trouble with what went wrong at which step, and where to look
 */
export const smoke = async ({ origin, account, patienceMs = PATIENCE_MS }: SmokeOptions, tell: Tell): Promise<void> => {
  const call = createCalls(origin, patienceMs)
  const made: Made = { guests: [], sockets: [] }
  let at = ''
  const step: Walk['step'] = async (name, work) => {
    at = name
    const began = performance.now()
    const result = await work()
    tell(name, performance.now() - began)
    return result
  }
  const guest: Walk['guest'] = async (display_name) => {
    const { id, access_token } = await call('auth/guest', { display_name })
    const person = { id, token: access_token }
    made.guests.push(person)
    return person
  }
  const enter: Walk['enter'] = async (code, who, { token }) => {
    const socket = await openRoomSocket({ origin, patienceMs }, { code, token, who })
    made.sockets.push(socket)
    return socket
  }
  const late = () =>
    new Trouble(
      `The whole takes longer than ${WHOLE_MS / 1000} s. Functions that start for the first time are slow: ask again.`,
    )
  try {
    await within(walkThrough({ call, step, guest, enter, made }, account), WHOLE_MS, late)
  } catch (error) {
    const told = error instanceof Trouble ? `${at}: ${error.message}` : undefined
    const left = await clear(call, made).then(
      () => '',
      () => ' The room or a guest of this test is left behind.',
    )
    throw told === undefined ? error : new Trouble(`${told}${left}`)
  }
  await step('nothing is left behind', () => clear(call, made))
}
