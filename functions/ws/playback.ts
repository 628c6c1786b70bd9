import type * as z from 'zod'
import type { PauseEvent, PlayEvent, SeekEvent } from '../../protocol/client-events.ts'
import { markOf } from '../domain/marks.ts'
import { catchUpFrame, commandFrame } from '../domain/playback.ts'
import type { Room } from '../domain/room.ts'
import { post } from '../fanout/post.ts'
import { tellChange } from '../fanout/tell-change.ts'
import type { TellingServices } from '../middleware/services.ts'
import { allOf } from '../table/all-of.ts'
import { commandPlayback, trimCommands } from '../table/playback.ts'
import { presencesIn } from '../table/presences.ts'
import type { Frame } from './socket.ts'

type Command = z.infer<typeof PlayEvent> | z.infer<typeof PauseEvent> | z.infer<typeof SeekEvent>

/** Tells the sender of a command that changed nothing where the room is by now, under the command's own mark. */
const answerUnchanged = async (frame: Frame, { ref }: Command, room: Room, now: number): Promise<void> => {
  const event = { ...catchUpFrame(room, now), ...(ref !== undefined && { ref }) }
  await post(frame.socket.connectionId, JSON.stringify(event))
}

/**
 * Saves a command and tells the room. One that was saved before, or that a newer one has overtaken, changes nothing, and
 * its sender alone is answered: unheard, they would send it again. Nothing at all happens where its sender may not command.
 */
export const playback = async (frame: Frame, command: Command, services: TellingServices<'message'>): Promise<void> => {
  const { code, userId, connectionId } = frame.socket
  const { type, time, ref } = command
  const { clock, settings } = services
  const now = clock()
  const lead = type === 'PAUSE' ? 0 : settings.START_LEAD_MILLISECONDS
  const [result, presences] = await allOf([
    commandPlayback(code, {
      type,
      time,
      userId,
      mark: markOf(userId, { ref, frameId: frame.id }, type, time),
      frameId: frame.id,
      at: now + lead,
      sentAt: frame.receivedAt,
      now,
      idleDays: settings.ROOM_IDLE_DAYS,
    }),
    presencesIn(code),
  ])
  if (result.outcome === 'refused') return
  const { room } = result
  if (result.outcome === 'unchanged') return answerUnchanged(frame, command, room, clock())
  // A SEEK that overtook this command has said where the room is, and since when.
  const event = result.isOvertaken ? catchUpFrame(room, clock()) : commandFrame(type, room, userId)
  const timing = { receivedAt: frame.receivedAt, first: 'CommandFirstPost', last: 'CommandLastPost' } as const
  await tellChange(room, [event], presences, services, { echo: { connectionId, ref }, timing })
  await trimCommands(code, result.marks)
}
