import { errorCodeOf } from '../api/api-error.ts'
import type { RoomListener } from './listener.ts'
import type { SessionOptions } from './session.ts'

/**
 * Hands on the ERRORs that answer no frame of this session. Each frame of the session has a `ref`, and the part that
 * sent it waits for its answer.
 */
export const errorsTo = (onError: SessionOptions['onError']): RoomListener => ({
  heard: (event) => {
    if (event.type === 'ERROR' && event.ref === undefined) onError?.({ ...event, code: errorCodeOf(event.code) })
  },
})
