import { createClockSampler } from '../clock/clock-sampler.ts'
import { createRoomClock, type RoomClock } from '../clock/room-clock.ts'
import { inOrder, type RoomListener, type SessionContext } from './listener.ts'

export type SessionClock = Pick<RoomClock, 'get' | 'serverNow' | 'isFresh'> & {
  listener: RoomListener
  /** A device that woke: the clock is measured anew, in a burst. */
  measure: () => void
}

/** The server's clock as a session measures it. Its PINGs keep the token fresh, and their answers show what was missed. */
export const createSessionClock = ({ api, runtime, send }: SessionContext): SessionClock => {
  const clock = createRoomClock(runtime)
  const sampler = createClockSampler(runtime, () => {
    send({ type: 'PING', t0: runtime.now() })
    void api.keepTokenFresh()
  })
  const { get, serverNow, isFresh } = clock
  return { get, serverNow, isFresh, listener: inOrder([clock, sampler]), measure: sampler.burst }
}
