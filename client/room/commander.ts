import type { ClientEvent } from '../../protocol/client-events.ts'
import type { ServerEvent } from '../../protocol/server-events.ts'
import type { Cancel, Runtime } from '../runtime.ts'
import type { Intent } from './room-state.ts'

/** Sends the host's commands until they are heard back. */
export type Commander = {
  /** `time` in seconds. A newer command replaces one that is still under way. */
  give: (intent: Intent) => void
  heard: (event: ServerEvent) => void
  /** The line is back: what is under way goes out at once. */
  reconnected: () => void
  /** Gives up what is under way. */
  stop: () => void
}

const RESEND_AFTER_MS = 1_500
/** After this many the command is dropped: it is no longer what the host means, or the sender is not the host. */
const MOST_SENDS = 4

export const createCommander = (options: {
  runtime: Runtime
  send: (event: ClientEvent) => boolean
  newRef: () => string
  /** The command under way, or null once it has been heard back or given up. */
  onIntent: (intent: Intent | null) => void
}): Commander => {
  const { runtime } = options
  let underWay: { intent: Intent; ref: string; sends: number } | null = null
  let cancelResend: Cancel | undefined

  const settle = () => {
    cancelResend?.()
    underWay = null
    options.onIntent(null)
  }

  const send = () => {
    cancelResend?.()
    if (underWay === null) return
    if (underWay.sends === MOST_SENDS) return settle()
    underWay.sends += 1
    options.send({ ...underWay.intent, ref: underWay.ref })
    cancelResend = runtime.after(RESEND_AFTER_MS, send)
  }

  return {
    give: (intent) => {
      underWay = { intent, ref: options.newRef(), sends: 0 }
      options.onIntent(intent)
      send()
    },
    heard: (event) => {
      if (underWay !== null && 'ref' in event && event.ref === underWay.ref) settle()
    },
    reconnected: send,
    stop: settle,
  }
}
