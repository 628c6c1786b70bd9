import type { Cancel } from '../runtime.ts'
import type { RoomListener, SessionContext } from './listener.ts'
import type { Intent } from './room-state.ts'

/** Sends the host's commands until they are heard back. The state holds the one that is under way. */
export type Commander = RoomListener & {
  /** `time` in seconds. A newer command replaces one that is still under way. */
  give: (intent: Intent) => void
}

const RESEND_AFTER_MS = 1_500
/** After this many the command is dropped: it is no longer what the host means, or the sender is not the host. */
const MOST_SENDS = 4

export const createCommander = ({ runtime, store, send, newRef }: SessionContext): Commander => {
  let underWay: { intent: Intent; ref: string; sends: number } | null = null
  let cancelResend: Cancel | undefined

  const showIntent = (intent: Intent | null) =>
    store.update((state) => (state.intent === intent ? state : { ...state, intent }))

  const drop = () => {
    cancelResend?.()
    underWay = null
    showIntent(null)
  }

  const sendAgain = () => {
    cancelResend?.()
    if (underWay === null) return
    if (underWay.sends === MOST_SENDS) return drop()
    underWay.sends += 1
    send({ ...underWay.intent, ref: underWay.ref })
    cancelResend = runtime.after(RESEND_AFTER_MS, sendAgain)
  }

  return {
    give: (intent) => {
      underWay = { intent, ref: newRef(), sends: 0 }
      showIntent(intent)
      sendAgain()
    },
    heard: (event) => {
      if (underWay !== null && 'ref' in event && event.ref === underWay.ref) drop()
    },
    // The connection is open again: the command under way goes out at once.
    greeted: sendAgain,
    stop: drop,
  }
}
