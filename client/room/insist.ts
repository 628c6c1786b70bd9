import type { Cancel, Runtime } from '../runtime.ts'

/** Something that is sent again until it is heard. */
export type Insistence = {
  /** Sends it now, and counts from the beginning: it is new, or the line is. */
  begin: () => void
  /** A frame has come: the line lives. */
  heard: () => void
  /** Sends no more until it begins again: the line is lost, or the answer is here. */
  rest: () => void
}

/** After this much silence the line is tested. A dead line is dialled anew, and `begin` follows its greeting. */
const PROBE_AFTER_MS = 2_500

/**
 * Sends something again until it is heard. `transmit` says false where there is no line. `failed` is called where a
 * living line has brought no answer after `mostSends` of them.
 */
export const insist = (options: {
  runtime: Runtime
  probe: () => void
  transmit: () => boolean
  mostSends: number
  againAfterMs: () => number
  failed: () => void
}): Insistence => {
  const { runtime, probe, transmit, mostSends, againAfterMs, failed } = options
  let sends = 0
  let isProven = false
  let cancelAgain: Cancel | undefined
  let cancelProbe: Cancel | undefined

  const rest = () => {
    cancelAgain?.()
    cancelProbe?.()
    cancelProbe = undefined
  }
  const again = () => {
    const isEnough = sends >= mostSends
    if (isEnough && isProven) return failed()
    cancelAgain = runtime.after(againAfterMs(), again)
    if (isEnough) return
    sends += 1
    if (!transmit()) rest()
  }
  const begin = () => {
    cancelAgain?.()
    sends = 0
    // A person who tries again and again does not put the probe off.
    cancelProbe ??= runtime.after(PROBE_AFTER_MS, () => {
      cancelProbe = undefined
      isProven = false
      probe()
    })
    again()
  }
  return {
    begin,
    heard: () => {
      isProven = true
    },
    rest,
  }
}
