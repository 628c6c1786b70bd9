import { errorCodeOf } from '../api/api-error.ts'
import type { RoomListener } from './listener.ts'
import type { SessionOptions } from './session.ts'

/** Hands on the ERRORs that answer no frame of this session: each of its own frames has a `ref`, and its part waits for it. */
export const errorsTo = (onError: SessionOptions['onError']): RoomListener => ({
  heard: (event) => {
    if (event.type === 'ERROR' && event.ref === undefined) onError?.({ ...event, code: errorCodeOf(event.code) })
  },
})
