import { expect, test } from 'vitest'
import { createOutbox } from '../../client/room/outbox.ts'
import type { Unheard } from '../../client/room/wish.ts'
import { createDevice } from './simulated/network.ts'
import { createRoomServer } from './simulated/room-server.ts'
import { createVirtualTime } from './simulated/virtual-time.ts'

test('[P6] a frame that waits goes out once, also where the clock shows a little less than its timer has waited', async () => {
  const time = createVirtualTime()
  const { runtime } = createDevice(time, () => 0.5, createRoomServer(time), { roundTrip: 80 })
  const sent: { at: number; type: string }[] = []
  let timers = 0
  // A browser rounds its clock down, so that nobody measures what is not theirs.
  const rounded = {
    ...runtime,
    now: () => Math.floor(time.now() / 100) * 100,
    after: (ms: number, run: () => void) => {
      timers += 1
      return runtime.after(ms, run)
    },
  }
  const outbox = createOutbox(rounded, ({ type }) => {
    sent.push({ at: time.now(), type })
    return true
  })
  const pause: Unheard = { type: 'PAUSE', time: 3, ref: 'a' }
  const seek: Unheard = { type: 'SEEK', time: 9, ref: 'b' }
  await time.pass(110)
  outbox.send([pause, seek], false)
  await time.pass(500)
  expect(sent).toEqual([
    { at: 110, type: 'PAUSE' },
    { at: 160, type: 'SEEK' },
  ])
  expect(timers).toBe(1)
})
