import middy from '@middy/core'
import { idleUntil } from '../domain/room.ts'
import { logging } from '../middleware/logging.ts'
import { liveServices, type Services } from '../middleware/services.ts'
import { deleteRemains } from '../table/remains.ts'
import { endedRooms, endIdleRoom, forgetEnded, roomsInactiveSince } from '../table/rooms.ts'

export type SweepResult = { ended: number; removed: number }

/** Ends rooms to which nobody connects any more, and removes what ended rooms leave behind. Runs on a schedule. */
export const sweep = async ({ clock }: Services): Promise<SweepResult> => {
  const now = clock()
  const idleDays = Number(process.env.ROOM_IDLE_DAYS)
  const idleSince = 2 * now - idleUntil(now, idleDays)
  let ended = 0
  for (const code of await roomsInactiveSince(idleSince)) if (await endIdleRoom(code, now)) ended += 1
  let removed = 0
  for (const code of await endedRooms()) {
    removed += await deleteRemains(code)
    await forgetEnded(code)
  }
  return { ended, removed }
}

export const createHandler = (services: Services) =>
  middy<unknown, SweepResult>()
    .use(logging<unknown, SweepResult>((_event, result) => ({ event: 'sweep', count: result?.removed ?? 0 })))
    .handler(() => sweep(services))

export const handler = createHandler(liveServices)
