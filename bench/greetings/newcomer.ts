import { once } from 'node:events'
import { WebSocket } from 'ws'
import { ServerEvent } from '../../protocol/server-events.ts'

/** One socket that reads only the given fields. */
export type Newcomer = {
  /** Milliseconds from dialling to the end of the greeting: resolves with PLAYBACK_STATE. */
  greeted: Promise<number>
  /** The names that it would show. */
  names: ReadonlySet<string>
  leave: () => void
}

/** Dials. Each frame is held to the contract, whichever comes. */
export const dial = (url: string): Newcomer => {
  const dialledAt = performance.now()
  const names = new Set<string>()
  const socket = new WebSocket(url)
  const greeted = new Promise<number>((resolve, reject) => {
    socket.on('message', (data) => {
      const frame = ServerEvent.parse(JSON.parse(String(data)))
      if (frame.type === 'ROOM_PARTICIPANTS') for (const name of frame.participants) names.add(name)
      if (frame.type === 'USER_JOINED') names.add(frame.user)
      if (frame.type === 'USER_LEFT') names.delete(frame.user)
      if (frame.type === 'PLAYBACK_STATE') resolve(performance.now() - dialledAt)
    })
    once(socket, 'close').then(
      ([code]) => reject(new Error(`A connection ended before its greeting, with ${code}.`)),
      reject,
    )
  })
  return { greeted, names, leave: () => socket.terminate() }
}
