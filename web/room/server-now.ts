import type { RoomSession } from '../../client/index.ts'

/** The server's clock as far as it is known: epoch milliseconds. Messages and mutes are dated by it. */
export const serverNow = (session: RoomSession): number => {
  const clock = session.clock()
  return clock === null ? Date.now() : performance.now() + clock.offset
}
