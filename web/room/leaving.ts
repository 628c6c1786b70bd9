import type { RoomSession } from '../../client/index.ts'

const leaving = new WeakSet<RoomSession>()

/** While somebody leaves here, the server's goodbye is the answer to that, and no news. */
export const noteLeaving = (session: RoomSession, isLeaving: boolean): void => {
  if (isLeaving) leaving.add(session)
  else leaving.delete(session)
}

export const isLeaving = (session: RoomSession): boolean => leaving.has(session)
