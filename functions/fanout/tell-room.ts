import { endedConnections, type Presence, type SocketIds } from '../domain/presence.ts'
import { CERTAIN_AFTER_MS } from '../domain/times.ts'
import { count } from '../metrics/tally.ts'
import { presencesIn } from '../table/presences.ts'
import { noteTold } from './note-told.ts'
import type { Repair, Runtime } from './runtime.ts'
import { type Telling, type Told, tell } from './tell.ts'

/** An asynchronous call holds 256 KB. Clients beyond these ask for what they lack after their next PING. */
const MOST_REPAIRED = 1_000

type LeftToDo = Pick<Repair, 'behind' | 'suspects'>

/** Starts the repair of what did not arrive, or of sockets that seem to be over. */
export const askRepair = async (
  { code, events, echo }: { code: string } & Pick<Telling, 'echo' | 'events'>,
  { behind, suspects }: LeftToDo,
  runtime: Runtime,
): Promise<void> => {
  count('RepairsAsked')
  count('SocketsBehind', behind.length)
  await runtime.startRepair({
    room: code,
    events,
    behind: behind.slice(0, MOST_REPAIRED),
    suspects: suspects.slice(0, MOST_REPAIRED),
    ...(echo?.ref !== undefined && { echo: { connectionId: echo.connectionId, ref: echo.ref } }),
  })
}

const socketIdsOf = ({ userId, connection }: Told): SocketIds => ({ userId, connectionId: connection.id })

/** What the first posts left to do; undefined where everybody got everything and every socket is still open. */
const leftAfter = (told: readonly Told[], presences: readonly Presence[], now: number): LeftToDo | undefined => {
  const behind = told.filter(({ delivery }) => delivery !== 'delivered').map(socketIdsOf)
  const suspects = told
    .filter(({ delivery, connection }) => delivery === 'gone' && now - connection.since > CERTAIN_AFTER_MS)
    .map(socketIdsOf)
  const hasEnded = presences.some((presence) => endedConnections(presence, now).length > 0)
  return behind.length === 0 && !hasEnded ? undefined : { behind, suspects }
}

/**
 * Posts something that has been saved to everybody in `presences`, and starts a repair where it did not arrive. Answers
 * whether `some` or `all` were told.
 */
export const tellFirst = async (
  code: string,
  presences: readonly Presence[],
  telling: Telling,
  runtime: Runtime,
): Promise<'some' | 'all'> => {
  const told = await tell(presences, telling, runtime.clock)
  const left = leftAfter(told, presences, runtime.clock())
  if (left !== undefined) await askRepair({ code, ...telling }, left, runtime)
  return left === undefined || left.behind.length === 0 ? 'all' : 'some'
}

/** The same, and notes who was told. Returns after the first posts: the repair function repeats what did not arrive. */
export const tellPresent = async (
  code: string,
  presences: readonly Presence[],
  telling: Telling,
  runtime: Runtime,
): Promise<void> => {
  await noteTold(code, telling.events, await tellFirst(code, presences, telling, runtime))
}

/** The same for everybody who is there now. */
export const tellRoom = async (code: string, telling: Telling, runtime: Runtime): Promise<void> =>
  tellPresent(code, await presencesIn(code), telling, runtime)
