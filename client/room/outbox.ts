import type { Connection } from '../connection/options.ts'
import type { Cancel, Runtime } from '../runtime.ts'
import type { Unheard } from './wish.ts'

/** Commands on their way out, in order. */
export type Outbox = {
  /**
   * Sends these, now or a moment later. `isLastNew`: only the last is new, and those before it are out, or wait here.
   * Answers false where there is no line.
   */
  send: (commands: readonly Unheard[], isLastNew: boolean) => boolean
  clear: () => void
}

/** Two frames nearer to each other may arrive in one millisecond, and then either may be the later (P6). */
const APART_MS = 50

export const createOutbox = (runtime: Runtime, send: Connection['send']): Outbox => {
  let due: readonly Unheard[] = []
  let sentAt = Number.NEGATIVE_INFINITY
  let cancel: Cancel | undefined

  const clear = () => {
    cancel?.()
    due = []
  }
  const sendFirst = (): boolean => {
    const [first, ...rest] = due
    if (first === undefined) return true
    sentAt = runtime.now()
    due = rest
    if (send(first)) return flush()
    // Without a line nothing waits here: all that is unheard goes out after the greeting.
    clear()
    return false
  }
  const flush = (): boolean => {
    cancel?.()
    const early = sentAt + APART_MS - runtime.now()
    if (early <= 0 || due.length === 0) return sendFirst()
    // The timer alone decides: the clock may show a little less than the timer has waited.
    cancel = runtime.after(early, sendFirst)
    return true
  }
  return {
    send: (commands, isLastNew) => {
      due = isLastNew ? commands.filter((one) => due.includes(one) || one === commands.at(-1)) : commands
      return flush()
    },
    clear,
  }
}
