import type { ServerEvent } from '../../protocol/server-events.ts'
import { ApiError, errorCodeOf } from '../api/api-error.ts'
import type { Runtime } from '../runtime.ts'

/** Frames that wait for their echo, by `ref`. */
export type Replies = {
  /** Settles with the echo that carries `ref`; rejects with an ApiError on its ERROR, or after 10 s without either. */
  expect: (ref: string) => Promise<void>
  heard: (event: ServerEvent) => void
}

const REPLY_TIMEOUT_MS = 10_000

export const createReplies = (runtime: Runtime): Replies => {
  const waiting = new Map<string, (error?: ApiError) => void>()
  return {
    expect: (ref) =>
      new Promise((resolve, reject) => {
        const settle = (error?: ApiError) => {
          cancel()
          waiting.delete(ref)
          if (error === undefined) resolve()
          else reject(error)
        }
        const cancel = runtime.after(REPLY_TIMEOUT_MS, () =>
          settle(new ApiError('timed_out', 'The server did not answer in time.')),
        )
        waiting.set(ref, settle)
      }),
    heard: (event) => {
      if (!('ref' in event) || event.ref === undefined) return
      const settle = waiting.get(event.ref)
      if (event.type !== 'ERROR') return settle?.()
      const retryAfter = event.retry_after
      settle?.(new ApiError(errorCodeOf(event.code), event.message, retryAfter === undefined ? {} : { retryAfter }))
    },
  }
}
