import { isPresent } from '../domain/presence.ts'
import { removeGone } from '../fanout/departures.ts'
import { tell } from '../fanout/tell.ts'
import { connectionsIn, presenceOf } from '../table/connections.ts'

/**
 * Tells the others of somebody who has been there since `at`. Read no earlier than that moment, so that everybody
 * who became live before it is seen; who becomes live later has it from the greeting.
 */
export const announceJoin = async (
  code: string,
  userId: string,
  name: string,
  at: number,
  clock: () => number,
): Promise<void> => {
  const now = clock()
  const presences = await connectionsIn(code)
  // Gone again before this moment: whoever closed the connection tells both.
  if (!presences.some((presence) => presence.user_id === userId && isPresent(presence, now))) return
  const about = { user: name, user_id: userId }
  const to = { allBut: userId }
  const told = await tell(presences, { event: { type: 'USER_JOINED', ...about, at }, to, happened: at }, now)
  const presence = await presenceOf(code, userId)
  // Left while the posts were on their way: their leave may have arrived before them.
  if (presence === undefined || !isPresent(presence, clock()))
    await tell(presences, { event: { type: 'USER_LEFT', ...about, at: clock() }, to }, clock())
  await removeGone(code, presences, told, clock)
}
