import { createDevice, EPOCH } from '../client/simulated/network.ts'
import { CODE, createRoomServer, type RoomServer } from '../client/simulated/room-server.ts'
import { createRandom } from '../client/simulated/seeded-random.ts'
import { createVirtualTime } from '../client/simulated/virtual-time.ts'
import { holdToContract } from './hold-to-contract.ts'
import { PATIENCE_MS } from './venue.ts'

// The server that the client's own tests talk to, in virtual time: what they rely on is what the server itself does.

const STEP_MS = 10
/** Longer than anything that the simulated server does by itself. */
const IDLE_AFTER_MS = 1_000

const time = createVirtualTime()
const random = createRandom(1)
let server: RoomServer

holdToContract({
  origin: 'https://streamit.example',
  makeRoom: async (media) => {
    server = createRoomServer(time, media)
    return { code: CODE, host: { id: 'host', name: 'host', token: 'host' } }
  },
  newMember: async (_code, name) => ({ id: name, name, token: name }),
  newPerson: async (name) => {
    server.keepOut(name)
    return { id: name, name, token: name }
  },
  newDevice: () => createDevice(time, random, server, { roundTrip: 80 }).runtime,
  serverNow: () => EPOCH + time.now(),
  until: async (condition, what) => {
    const deadline = time.now() + PATIENCE_MS
    for (;;) {
      await time.pass(0)
      if (condition()) return
      if (time.now() > deadline) throw new Error(`No ${what} came.`)
      await time.pass(STEP_MS)
    }
  },
  emptyFor: (milliseconds) => time.pass(milliseconds),
  idle: () => time.pass(IDLE_AFTER_MS),
})
