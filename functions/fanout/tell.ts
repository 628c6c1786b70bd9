import type { ServerEvent } from '../../protocol/server-events.ts'
import { type Connection, liveConnections, type Presence } from '../domain/presence.ts'
import { POST_WITHIN_MS } from '../domain/times.ts'
import type { TimeName } from '../metrics/names.ts'
import { time } from '../metrics/tally.ts'
import { allOf } from '../table/all-of.ts'
import { framesOf } from './frames.ts'
import { type Delivery, postAll } from './post.ts'

/** Who hears of something. `everyone` includes the person it is about. */
type Audience = 'everyone' | { only: readonly string[] } | { allBut: string }

/** The frames of one change and their audience. The caller decides both. */
export type Telling = {
  events: readonly ServerEvent[]
  to: Audience
  /** The connection whose frame caused this, and the mark it asked to see again. */
  echo?: { connectionId: string; ref: string | undefined }
  /** When this happened, for chat and joins. Sockets that became live later got it from their greeting. */
  happened?: number
  timing?: Timing
}

/** When the gateway received what is told here, and the metrics of how long its posts took from then. */
type Timing = { receivedAt: number; first?: TimeName; last: TimeName }

/** A socket that the frames were posted to, and what became of the last one posted. */
export type Told = { userId: string; connection: Connection; delivery: Delivery }

const hears = (audience: Audience, userId: string): boolean => {
  if (audience === 'everyone') return true
  return 'only' in audience ? audience.only.includes(userId) : audience.allBut !== userId
}

/** @param arrivals when each socket had taken its frames, earliest first */
const measure = ({ receivedAt, first, last }: Timing, arrivals: readonly number[]): void => {
  const [earliest] = arrivals
  const latest = arrivals.at(-1)
  if (first !== undefined && earliest !== undefined) time(first, earliest - receivedAt)
  if (latest !== undefined) time(last, latest - receivedAt)
}

/** The live sockets that the frames are for. */
const audienceOf = (presences: readonly Presence[], telling: Pick<Telling, 'happened' | 'to'>, now: number) =>
  presences
    .filter((presence) => hears(telling.to, presence.user_id))
    .flatMap((presence) =>
      liveConnections(presence, now).map((connection) => ({ userId: presence.user_id, connection })),
    )
    .filter(({ connection }) => telling.happened === undefined || connection.live_from <= telling.happened)

/**
 * Posts to everybody concerned at once, to each socket one frame after the other, and reports each delivery. A socket
 * that does not take a frame gets none of those after it, and delays nobody else.
 */
export const tell = async (presences: readonly Presence[], telling: Telling, clock: () => number): Promise<Told[]> => {
  const framesFor = framesOf(telling.events, telling.echo)
  const arrivals: number[] = []
  const told = await allOf(
    audienceOf(presences, telling, clock()).map(async ({ userId, connection }) => {
      const delivery = await postAll(connection.id, framesFor(connection.id), POST_WITHIN_MS)
      if (delivery === 'delivered') arrivals.push(clock())
      return { userId, connection, delivery }
    }),
  )
  if (telling.timing !== undefined) measure(telling.timing, arrivals)
  return told
}
