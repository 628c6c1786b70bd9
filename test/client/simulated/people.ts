import { type Api, createApi } from '../../../client/api/api.ts'
import { openRoom } from '../../../client/room/open-room.ts'
import type { RoomSession, SessionOptions } from '../../../client/room/session.ts'
import type { Media } from '../../../protocol/media.ts'
import { createDevice, type Device, type LinkTraits } from './network.ts'
import { createPlayer, type PlayerTraits, type SimulatedPlayer } from './player.ts'
import { CODE, createRoomServer, type RoomServer } from './room-server.ts'
import { createRandom } from './seeded-random.ts'
import { createVirtualTime, type VirtualTime } from './virtual-time.ts'

export type World = { time: VirtualTime; random: () => number; room: RoomServer }

export const createWorld = (seed = 1, media?: Media): World => {
  const time = createVirtualTime()
  return { time, random: createRandom(seed), room: createRoomServer(time, media) }
}

export type Person = { session: RoomSession; device: Device; player: SimulatedPlayer }

export type PersonTraits = {
  name: string
  link?: LinkTraits
  /** Milliseconds by which this person's clock is ahead. */
  clockError?: number
  /** Share by which this person's clock is too fast. */
  clockDrift?: number
  player?: PlayerTraits
  options?: Partial<SessionOptions>
}

/** Somebody's calls, from a device of their own. */
export const apiOf = ({ time, random, room }: World, token: string): Api => {
  const { runtime } = createDevice(time, random, room, { roundTrip: 20 })
  return createApi({ origin: 'https://streamit.example', token, runtime })
}

/** Somebody who opens the room now, with a device, a link, a clock and a player of their own. */
export const enter = ({ time, random, room }: World, traits: PersonTraits): Person => {
  const device = createDevice(
    time,
    random,
    room,
    traits.link ?? { roundTrip: 80 },
    traits.clockError,
    traits.clockDrift,
  )
  const api = createApi({ origin: 'https://streamit.example', token: traits.name, runtime: device.runtime })
  const session = openRoom({ api, code: CODE, runtime: device.runtime, ...traits.options })
  const player = createPlayer(time, random, device.runtime.now, traits.player ?? { latency: 200, rateError: 0 })
  session.attach(player)
  return { session, device, player }
}
