import { setTimeout as wait } from 'node:timers/promises'
import type * as z from 'zod'
import type { PauseEvent, PlayEvent, SeekEvent } from '../../protocol/client-events.ts'
import { catchUpFrame, commandFrame } from '../domain/playback.ts'
import { liveConnections, type Presence } from '../domain/presence.ts'
import type { Room } from '../domain/room.ts'
import { removeGone } from '../fanout/departures.ts'
import { post } from '../fanout/post.ts'
import { type Told, tell } from '../fanout/tell.ts'
import type { Services } from '../middleware/services.ts'
import { connectionsIn } from '../table/connections.ts'
import { commandPlayback, roomByCode } from '../table/rooms.ts'
import type { Frame } from './socket.ts'

type Command = z.infer<typeof PlayEvent> | z.infer<typeof PauseEvent> | z.infer<typeof SeekEvent>

const REPEATED_AFTER_MILLISECONDS = [250, 1_000]
/** Each look finds a newer command or newcomers only if they fell into the moment of the one before. */
const LOOKS = 3

/** Saves the host's command and tells the room. From anyone else, or overtaken by a newer frame, nothing happens. */
export const playback = async (frame: Frame, command: Command, { clock }: Services): Promise<void> => {
  const { room: code, userId, connectionId } = frame.socket
  const now = clock()
  const lead = command.type === 'PAUSE' ? 0 : Number(process.env.START_LEAD_MILLISECONDS)
  const [room, presences] = await Promise.all([
    commandPlayback(code, {
      type: command.type,
      time: command.time,
      userId,
      at: now + lead,
      sentAt: frame.receivedAt,
      now,
      idleDays: Number(process.env.ROOM_IDLE_DAYS),
    }),
    connectionsIn(code),
  ])
  if (room === undefined) return
  const event = commandFrame(command.type, room, userId)
  const told = await tell(presences, { event, to: 'everyone', echo: { connectionId, ref: command.ref } }, now)
  await Promise.all([repeat(code, told, clock), settle(room, presences, clock)])
  await removeGone(code, told, now)
}

/** Repeats to those who did not get it, and to them only; by then as what the room is doing at that moment. */
const repeat = async (code: string, told: readonly Told[], clock: () => number): Promise<void> => {
  let missed = told.filter(({ delivery }) => delivery !== 'delivered')
  for (const delay of REPEATED_AFTER_MILLISECONDS) {
    if (missed.length === 0) return
    await wait(delay)
    const room = await roomByCode(code)
    if (room === undefined || room.deleted_at !== null) return
    const data = JSON.stringify(catchUpFrame(room, clock()))
    const deliveries = await Promise.all(missed.map(({ connection }) => post(connection.id, data)))
    missed = missed.filter((_, index) => deliveries[index] !== 'delivered')
  }
}

const idsOf = (presences: readonly Presence[], now: number): Set<string> =>
  new Set(presences.flatMap((presence) => liveConnections(presence, now).map(({ id }) => id)))

/**
 * Looks once more after the posts. Two commands at once may arrive at a client in either order: whoever finds a newer
 * one tells it again, so that a client which reads only the given fields ends where the room is. And a connection that
 * became live beside the save has heard nothing yet.
 */
const settle = async (saved: Room, toldTo: readonly Presence[], clock: () => number): Promise<void> => {
  let version = saved.version
  let told = idsOf(toldTo, clock())
  for (let look = 0; look < LOOKS; look += 1) {
    const [room, presences] = await Promise.all([roomByCode(saved.code), connectionsIn(saved.code)])
    if (room === undefined || room.deleted_at !== null) return
    const now = clock()
    const live = idsOf(presences, now)
    const behind = room.version > version ? [...live] : [...live].filter((id) => !told.has(id))
    if (behind.length === 0) return
    const data = JSON.stringify(catchUpFrame(room, now))
    await Promise.all(behind.map((id) => post(id, data)))
    version = room.version
    told = live
  }
}
