import type * as z from 'zod'
import type { PauseEvent, PlayEvent, SeekEvent } from '../../protocol/client-events.ts'
import { commandFrame } from '../domain/playback.ts'
import { tellChange } from '../fanout/tell-change.ts'
import type { TellingServices } from '../middleware/services.ts'
import { commandPlayback } from '../table/playback.ts'
import { presencesIn } from '../table/presences.ts'
import type { Frame } from './socket.ts'

type Command = z.infer<typeof PlayEvent> | z.infer<typeof PauseEvent> | z.infer<typeof SeekEvent>

/** Saves the host's command and tells the room. From anyone else, or overtaken by a newer frame, nothing happens. */
export const playback = async (frame: Frame, command: Command, services: TellingServices<'message'>): Promise<void> => {
  const { code, userId, connectionId } = frame.socket
  const { clock, settings } = services
  const now = clock()
  const lead = command.type === 'PAUSE' ? 0 : settings.START_LEAD_MILLISECONDS
  const [room, presences] = await Promise.all([
    commandPlayback(code, {
      type: command.type,
      time: command.time,
      userId,
      at: now + lead,
      sentAt: frame.receivedAt,
      now,
      idleDays: settings.ROOM_IDLE_DAYS,
    }),
    presencesIn(code),
  ])
  if (room === undefined) return
  const event = commandFrame(command.type, room, userId)
  await tellChange(room, [event], presences, services, { connectionId, ref: command.ref })
}
