import middy from '@middy/core'
import { idleSince } from '../domain/room.ts'
import { keepStats } from '../middleware/keep-stats.ts'
import { faultLogging, logging } from '../middleware/logging.ts'
import { metering } from '../middleware/metering.ts'
import type { Services } from '../middleware/services.ts'
import { deleteContents, endedRooms, endIdleRoom, forgetEnded } from '../table/endings.ts'
import { accountsToErase } from '../table/erasing.ts'
import { roomsInactiveSince } from '../table/room-lists.ts'
import { erase } from './erase.ts'

export type SweepResult = { ended: number; removed: number }

/**
 * Ends rooms to which nobody connects any more, removes what ended rooms leave behind, and erases the names of deleted
 * accounts. Runs on a schedule, and when an account is deleted; so two may run beside each other.
 */
export const sweep = async ({ clock, settings }: Services<'sweep'>): Promise<SweepResult> => {
  const now = clock()
  const failures: unknown[] = []
  const each = async <T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> => {
    // One room or account that cannot be swept must not keep the others from it.
    for (const item of items) await work(item).catch((error: unknown) => failures.push(error))
  }
  const swept = { ended: 0, removed: 0 }
  await each(await roomsInactiveSince(idleSince(now, settings.ROOM_IDLE_DAYS)), async (code) => {
    if (await endIdleRoom(code, now)) swept.ended += 1
  })
  await each(await endedRooms(), async (code) => {
    swept.removed += await deleteContents(code)
    await forgetEnded(code)
  })
  await each(await accountsToErase(), (account) => erase(account, now))
  if (failures.length > 0)
    throw new AggregateError(failures, `${failures.length} rooms or deleted accounts could not be swept.`)
  return swept
}

export const createHandler = (services: Services<'sweep'>) =>
  middy<unknown, SweepResult>()
    .use(keepStats<unknown, SweepResult>(services))
    .use(metering<unknown, SweepResult>(services.settings))
    .use(faultLogging())
    .use(logging<unknown, SweepResult>((_event, result) => ({ event: 'sweep', count: result?.removed ?? 0 })))
    .handler(() => sweep(services))
