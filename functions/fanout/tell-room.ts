import { connectionsIn } from '../table/connections.ts'
import { removeGone } from './departures.ts'
import { type Telling, tell } from './tell.ts'

/** Tells a room something that has been saved, and clears away the connections that turn out to be gone. */
export const tellRoom = async (code: string, telling: Telling, now: number): Promise<void> => {
  const told = await tell(await connectionsIn(code), telling, now)
  await removeGone(code, told, now)
}
