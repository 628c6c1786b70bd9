import { WebSocket } from 'ws'
import type { ClientEvent } from '../../protocol/client-events.ts'
import { ServerEvent, type ServerEventOf } from '../../protocol/server-events.ts'
import { unreachable } from './calls.ts'
import { logOf, Trouble, within } from './trouble.ts'

export type RoomSocket = {
  send: (frame: ClientEvent) => void
  /** The next frame of that type for which the condition holds, in the order of arrival. */
  next: <T extends ServerEvent['type']>(
    type: T,
    missing: string,
    condition?: (event: ServerEventOf<T>) => boolean,
  ) => Promise<ServerEventOf<T>>
  /** The code with which the server closes it. */
  closed: Promise<number>
  end: () => void
}

/** Why a handshake was refused, by its status: each comes from another place. */
const refused = (who: string, status: number): Trouble => {
  const what = `The socket of ${who} was refused with ${status}.`
  if (status === 401)
    return new Trouble(`${what} No token arrived: look at the edge's function RealtimeFunction, which passes it on.`)
  if (status === 403)
    return new Trouble(
      `${what} The authorizer does not know a member with a token that holds, or the path was not rewritten to the stage: look at the edge's function RealtimeFunction. ${logOf('authorizer')}`,
    )
  if (status === 429)
    return new Trouble(
      `${what} Look at the settings throttleRate and throttleBurst, and at the quota of new sockets a second.`,
    )
  if (status >= 500)
    return new Trouble(
      `${what} A function failed, or none was free: a new account runs 10 at once. ${logOf('authorizer', 'connect')}`,
    )
  return new Trouble(
    `${what} The distribution does not lead /ws/* to the WebSocket API: look at that behaviour, and at the edge's function RealtimeFunction.`,
  )
}

const opened = (socket: WebSocket, origin: string, who: string): Promise<void> =>
  new Promise((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('unexpected-response', (_request, response) => {
      response.resume()
      reject(refused(who, response.statusCode ?? 0))
    })
    socket.on('error', (error) => reject(unreachable(origin, error)))
  })

/** The socket of one person, through the edge as pages open it. */
export const openRoomSocket = async (
  { origin, patienceMs }: { origin: string; patienceMs: number },
  { code, token, who }: { code: string; token: string; who: string },
): Promise<RoomSocket> => {
  const address = `${origin.replace(/^http/, 'ws')}/ws/room/${code}/?token=${encodeURIComponent(token)}`
  const socket = new WebSocket(address)
  const frames: ServerEvent[] = []
  const arrivals = new Set<() => void>()
  const arrived = (): void => {
    for (const look of arrivals) look()
  }
  socket.on('message', (data) => {
    const frame = ServerEvent.safeParse(JSON.parse(String(data)))
    // A newer server may say more than this version knows.
    if (frame.success) frames.push(frame.data)
    arrived()
  })
  let endedWith: number | undefined
  const closed = new Promise<number>((resolve) => {
    socket.once('close', (code) => {
      endedWith = code
      resolve(code)
      arrived()
    })
  })
  const seconds = patienceMs / 1000
  const silent = () =>
    new Trouble(`The socket of ${who} did not open within ${seconds} s. ${logOf('authorizer', 'connect')}`)
  try {
    await within(opened(socket, origin, who), patienceMs, silent)
  } catch (error) {
    socket.terminate()
    throw error
  }
  const next: RoomSocket['next'] = (type, missing, condition = () => true) => {
    const found = new Promise<ServerEventOf<typeof type>>((resolve, reject) => {
      const look = (): void => {
        const index = frames.findIndex((frame) => frame.type === type && condition(frame as ServerEventOf<typeof type>))
        if (index === -1 && endedWith === undefined) return void arrivals.add(look)
        arrivals.delete(look)
        const [frame] = index === -1 ? [] : frames.splice(index, 1)
        if (frame !== undefined) resolve(frame as ServerEventOf<typeof type>)
        else reject(new Trouble(`The socket of ${who} was closed with ${endedWith} before ${type} came. ${missing}`))
      }
      look()
    })
    return within(found, patienceMs, () => new Trouble(`${who} waited ${seconds} s for ${type}. ${missing}`))
  }
  return { send: (frame) => socket.send(JSON.stringify(frame)), next, closed, end: () => socket.terminate() }
}
