import middy from '@middy/core'
import type { Repair } from '../fanout/runtime.ts'
import { keepStats } from '../middleware/keep-stats.ts'
import { faultLogging, logging } from '../middleware/logging.ts'
import { metering } from '../middleware/metering.ts'
import type { Services } from '../middleware/services.ts'
import { repair } from '../presence/repair.ts'

export const createHandler = (services: Services<'repair'>) => {
  // What a repair leaves to do it does itself: a function that starts itself could go on for ever.
  const runtime = { ...services, startRepair: (work: Repair) => repair(work, runtime) }
  return middy<Repair, void>()
    .use(keepStats<Repair, void>(services))
    .use(metering<Repair, void>(services.settings))
    .use(faultLogging())
    .use(logging<Repair, void>(({ room, behind }) => ({ event: 'repair', room, count: behind.length })))
    .handler((work) => repair(work, runtime))
}
