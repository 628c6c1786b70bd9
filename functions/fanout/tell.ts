import type { ServerEvent } from '../../protocol/server-events.ts'
import { type Connection, liveConnections, type Presence } from '../domain/presence.ts'
import { type Delivery, post } from './post.ts'

/** Who hears of something. `everyone` includes the person it is about. */
type Audience = 'everyone' | { only: readonly string[] } | { allBut: string }

/** A frame and its audience. The caller decides both. */
export type Telling = {
  event: ServerEvent
  to: Audience
  /** The connection whose frame caused this, and the mark it asked to see again. */
  echo?: { connectionId: string; ref: string | undefined }
  /** When this happened, for chat and joins. Sockets that became live later got it from their greeting. */
  happened?: number
}

/** A socket that a frame was posted to, and what became of it. */
export type Told = { userId: string; connection: Connection; delivery: Delivery }

const hears = (audience: Audience, userId: string): boolean => {
  if (audience === 'everyone') return true
  return 'only' in audience ? audience.only.includes(userId) : audience.allBut !== userId
}

/** The live sockets that the frame is for. */
const audienceOf = (presences: readonly Presence[], telling: Pick<Telling, 'happened' | 'to'>, now: number) =>
  presences
    .filter((presence) => hears(telling.to, presence.user_id))
    .flatMap((presence) =>
      liveConnections(presence, now).map((connection) => ({ userId: presence.user_id, connection })),
    )
    .filter(({ connection }) => telling.happened === undefined || connection.live_from <= telling.happened)

/** Posts to everybody concerned at once and reports each delivery. */
export const tell = (presences: readonly Presence[], telling: Telling, now: number): Promise<Told[]> => {
  const data = JSON.stringify(telling.event)
  const { echo } = telling
  const echoed = echo?.ref === undefined ? data : JSON.stringify({ ...telling.event, ref: echo.ref })
  return Promise.all(
    audienceOf(presences, telling, now).map(async ({ userId, connection }) => {
      const delivery = await post(connection.id, connection.id === echo?.connectionId ? echoed : data)
      return { userId, connection, delivery }
    }),
  )
}
