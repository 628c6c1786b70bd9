import type { RoomSession } from '../../client/index.ts'

const leaving = new WeakSet<RoomSession>()

/** While the person leaves from this page, the server's goodbye only confirms it: no page has to explain it. */
export const noteLeaving = (session: RoomSession, isLeaving: boolean): void => {
  if (isLeaving) leaving.add(session)
  else leaving.delete(session)
}

export const isLeaving = (session: RoomSession): boolean => leaving.has(session)
