import { presencesIn } from '../table/presences.ts'
import { removeGone } from './departures.ts'
import { type Telling, tell } from './tell.ts'

/** Tells a room something that has been saved, and removes the sockets that turn out to be closed. */
export const tellRoom = async (code: string, telling: Telling, clock: () => number): Promise<void> => {
  const presences = await presencesIn(code)
  const told = await tell(presences, telling, clock())
  await removeGone(code, presences, told, clock)
}
