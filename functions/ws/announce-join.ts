import { isPresent } from '../domain/presence.ts'
import { removeGone, TOLD_WITHIN_MILLISECONDS } from '../fanout/departures.ts'
import { tell } from '../fanout/tell.ts'
import { claimAnnouncement, connectionsIn, presenceOf } from '../table/connections.ts'

/**
 * Tells the others of somebody who has been there since `since`. Called no earlier than that moment, so that everybody
 * who became live before it is seen; who becomes live later has it from the greeting.
 */
export const announceJoin = async (
  code: string,
  { userId, name, since }: { userId: string; name: string; since: number },
  clock: () => number,
): Promise<void> => {
  const claimed = await claimAnnouncement(code, userId, since)
  // Gone again before the claim: whoever closed the connection tells both.
  if (claimed === undefined || !isPresent(claimed, clock())) return
  const claimedAt = clock()
  const presences = await connectionsIn(code)
  const about = { user: name, user_id: userId }
  const to = { allBut: userId }
  const told = await tell(
    presences,
    { event: { type: 'USER_JOINED', ...about, at: since }, to, happened: since },
    clock(),
  )
  // Posts that took so long that a leave may have overtaken them: the leave is told once more.
  if (clock() - claimedAt > TOLD_WITHIN_MILLISECONDS) {
    const presence = await presenceOf(code, userId)
    if (presence === undefined || !isPresent(presence, clock()))
      await tell(presences, { event: { type: 'USER_LEFT', ...about, at: clock() }, to }, clock())
  }
  await removeGone(code, presences, told, clock)
}
