import type { ServerEvent } from '../../protocol/server-events.ts'
import type { Telling } from './tell.ts'

/** The events as frames, for each socket by its id. The socket whose frame caused them gets its mark back with them. */
export const framesOf = (
  events: readonly ServerEvent[],
  echo: Telling['echo'],
): ((connectionId: string) => readonly string[]) => {
  const plain = events.map((event) => JSON.stringify(event))
  const marked = echo?.ref === undefined ? plain : events.map((event) => JSON.stringify({ ...event, ref: echo.ref }))
  return (connectionId) => (connectionId === echo?.connectionId ? marked : plain)
}
