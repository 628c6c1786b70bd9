import { setTimeout as wait } from 'node:timers/promises'
import type { Scene } from './life.ts'

/** Shorter than any patience of a client, so that an answer is there before it is given up. */
const STEP_MS = 4_000
/** For this long of the machine's time an answer is waited for, at each step. */
const PATIENCE_MS = 5_000
const LOOK_MS = 5

export type Passing = Pick<Scene, 'timeline' | 'devices' | 'gatherings'> & {
  /** Moves the functions' clock on. */
  elapse: (ms: number) => void
  /** Resolves once no function is running. */
  idle: () => Promise<void>
  look: () => void
}

const isAwaited = ({ devices, gatherings }: Passing): boolean =>
  devices.some((device) => device.unanswered() > 0) || gatherings.some(({ givenOnly }) => givenOnly.isDialling())

const settle = async (passing: Passing): Promise<void> => {
  const { idle, look } = passing
  const deadline = performance.now() + PATIENCE_MS
  while (isAwaited(passing) && performance.now() < deadline) await wait(LOOK_MS)
  await Promise.race([idle(), wait(PATIENCE_MS)])
  look()
}

/** Lets virtual time pass for everybody at once, server and clients, with every PING that falls into it. */
export const letPass = async (passing: Passing, milliseconds: number): Promise<void> => {
  for (let passed = 0; passed < milliseconds; passed += STEP_MS) {
    const step = Math.min(STEP_MS, milliseconds - passed)
    passing.elapse(step)
    passing.timeline.skip(step)
    await settle(passing)
  }
}
