import { ADMIN_ROOMS_COUNTED } from '../../../protocol/limits.ts'
import { isPresent, liveConnections } from '../../domain/presence.ts'
import { LIVE_FOR_MS } from '../../domain/room.ts'
import { deliveryIn } from '../../metrics/delivery.ts'
import { serve } from '../../middleware/route.ts'
import { allOf, allOfAtMost } from '../../table/all-of.ts'
import { presencesIn } from '../../table/presences.ts'
import { livingRooms } from '../../table/room-lists.ts'
import { statsOf } from '../../table/stats.ts'

/** As many connections as the SDK keeps to DynamoDB. */
const ROOMS_AT_ONCE = 50

/** Who is there now, in the rooms in which somebody may be, the latest active first. */
const countNow = async (now: number) => {
  const found = await livingRooms(now - LIVE_FOR_MS, ADMIN_ROOMS_COUNTED + 1, undefined)
  const counted = found.slice(0, ADMIN_ROOMS_COUNTED)
  const presences = await allOfAtMost(ROOMS_AT_ONCE, counted, ({ code }) => presencesIn(code))
  const here = presences.map((room) => room.filter((one) => isPresent(one, now)))
  return {
    rooms: here.filter((room) => room.length > 0).length,
    people: here.flat().length,
    sockets: here.flat().flatMap((one) => liveConnections(one, now)).length,
    is_more: found.length > counted.length,
  }
}

export const now = serve('admin/now', {
  load: (call) => allOf([countNow(call.now), statsOf(call.input.period ?? 'hour', call.now)]),
  act: (call, [counts, buckets]) => ({
    at: call.now,
    ...counts,
    spans: buckets.map(({ from, stats }) => ({
      from,
      counts: stats as Record<string, number>,
      delivery: deliveryIn([stats]),
    })),
    delivery: deliveryIn(buckets.map(({ stats }) => stats)),
  }),
})
