import {
  type Api,
  ApiError,
  createApi,
  joinRoom,
  mayDo,
  type Right,
  type Role,
  type RoomSession,
  roleOf,
} from '../../client/index.ts'
import { createDevice, type Device } from './device.ts'
import { type Draws, drawsOf } from './draws.ts'
import type { Failures } from './failures.ts'
import type { Timeline } from './timeline.ts'

/** `out`: removed by the host, and not to come back. */
type Place = 'away' | 'entering' | 'inside' | 'out'

/** Something that was said, and what its writer was told. `unmarked`: by one who gives no mark, and is told nothing. */
export type Said = {
  code: string
  text: string
  by: string
  outcome: 'accepted' | 'refused' | 'unknown' | 'unmarked'
  /** Somebody asked to remove it; and was answered that it is. */
  removal?: 'asked' | 'done'
}

/** Somebody with a client of the library, on one device after another. */
export type Person = {
  id: string
  name: string
  code: string
  draws: Draws
  place: () => Place
  api: () => Api
  device: () => Device | undefined
  session: () => RoomSession | undefined
  /** What the person is in the room, and what somebody else is, as the client shows it. */
  role: () => Role
  roleOf: (other: { id: string }) => Role
  may: (right: Right) => boolean
  /** Joins and opens the room; resolves once the session is there, or the door is shut for good. */
  enter: () => Promise<void>
  /** Ends the tab properly. */
  closeTab: () => void
  /** Says goodbye in mind: what becomes of the session from now on is no surprise. Answers with what closes it. */
  turnToGo: () => () => void
  crash: () => void
  say: (text: string) => Promise<void>
  /** Told by the host's own act: this person is going to be removed. */
  expectRemoval: () => void
}

export type World = {
  origin: string
  seed: number
  timeline: Timeline
  failures: Failures
  said: Said[]
  /** Ends waits at doors when the run is over. */
  signal: AbortSignal
  /** Every device that there was, for the figures. */
  devices: Device[]
}

const ENTER_AGAIN_MS = 1_000
const FINAL_AT_THE_DOOR = ['kicked', 'rejected', 'banned']

export const createPerson = (
  world: World,
  code: string,
  known: { id: string; name: string; token: string },
): Person => {
  const { id, name } = known
  const { origin, seed, timeline, failures } = world
  let { token } = known
  let place: Place = 'away'
  let isRemovalExpected = false
  let devices = 0
  let device: Device | undefined
  let api = createApi({ origin, token })
  let session: RoomSession | undefined

  const watchSession = (opened: RoomSession) => {
    let stopWatching: (() => void) | undefined
    const look = () => {
      const state = opened.store.get()
      const { connection } = state
      const isModerating = connection.status === 'open' && mayDo(state, id, 'moderate')
      // As the room's page does while the list of people is shown.
      if (isModerating && stopWatching === undefined) stopWatching = opened.watchMembers()
      if (connection.status !== 'closed' || session !== opened) return
      session = undefined
      place = isRemovalExpected ? 'out' : 'away'
      if (!isRemovalExpected)
        failures.note(
          'a client gave up',
          `${name} in ${code}: closed for good, ${connection.code}: ${connection.message}`,
        )
    }
    opened.store.subscribe(look)
    look()
  }

  const tryToEnter = async () => {
    devices += 1
    const fresh = createDevice(timeline, drawsOf(seed, `${name}, device ${devices}`))
    device = fresh
    world.devices.push(fresh)
    const onToken = (next: string | undefined) => {
      token = next ?? token
    }
    const { runtime } = fresh
    api = createApi({ origin, token, onToken, runtime })
    const opened = await joinRoom({ api, code, runtime, signal: world.signal })
    if (device !== fresh) return opened.close()
    session = opened
    place = 'inside'
    watchSession(opened)
  }

  const enter = async () => {
    place = 'entering'
    while (place === 'entering' && !world.signal.aborted) {
      try {
        await tryToEnter()
      } catch (error) {
        if (world.signal.aborted) return
        if (!(error instanceof ApiError)) throw error
        if (FINAL_AT_THE_DOOR.includes(error.code)) place = 'out'
        else await timeline.sleep(ENTER_AGAIN_MS)
      }
    }
  }

  const end = () => {
    session = undefined
    place = 'away'
  }

  const roleOfUser = (userId: string): Role =>
    session === undefined ? 'participant' : roleOf(session.store.get(), userId)

  return {
    ...{ id, name, code, draws: drawsOf(seed, name), enter },
    place: () => place,
    api: () => api,
    device: () => device,
    session: () => session,
    role: () => roleOfUser(id),
    roleOf: (other) => roleOfUser(other.id),
    may: (right) => session !== undefined && mayDo(session.store.get(), id, right),
    closeTab: () => {
      const ended = session
      end()
      ended?.close()
    },
    turnToGo: () => {
      const ended = session
      end()
      return () => ended?.close()
    },
    crash: () => {
      end()
      device?.crash()
    },
    say: async (text) => {
      const entry: Said = { code, text, by: name, outcome: 'unknown' }
      world.said.push(entry)
      try {
        await session?.say(text)
        entry.outcome = 'accepted'
      } catch (error) {
        if (!(error instanceof ApiError)) throw error
        // Without an answer nobody knows: it may be in the room, once, or have been, where it was removed meanwhile.
        if (!['unreachable', 'timed_out', 'fault', 'message_not_found'].includes(error.code)) entry.outcome = 'refused'
      }
    },
    expectRemoval: () => {
      isRemovalExpected = true
    },
  }
}
