import { isPresent, userJoined, userLeft } from '../domain/presence.ts'
import { removeGone, TOLD_WITHIN_MS } from '../fanout/departures.ts'
import { tell } from '../fanout/tell.ts'
import { presenceOf, presencesIn } from '../table/presences.ts'
import { raiseRevision } from '../table/revisions.ts'
import { claimAnnouncement } from '../table/sockets.ts'

/**
 * Tells the others that somebody is there since `since`. Call it at that instant or later: it reads everybody who became
 * live before it. Sockets that become live later learn it from their greeting.
 */
export const announceJoin = async (
  code: string,
  { userId, name, since }: { userId: string; name: string; since: number },
  clock: () => number,
): Promise<void> => {
  const revision = await raiseRevision(code, 'people')
  const claimed = await claimAnnouncement({ code, userId }, { since, revision })
  // The person left before the claim: the function that removed the socket tells both join and leave.
  if (claimed === undefined || !isPresent(claimed, clock())) return
  const claimedAt = clock()
  const presences = await presencesIn(code)
  const person = { name, user_id: userId }
  const to = { allBut: userId }
  const told = await tell(presences, { event: userJoined(person, since, revision), to, happened: since }, clock())
  // Slow posts: USER_LEFT may have overtaken our USER_JOINED, so send it once more.
  if (clock() - claimedAt > TOLD_WITHIN_MS) {
    const presence = await presenceOf(code, userId)
    if (presence === undefined || !isPresent(presence, clock()))
      await tell(presences, { event: userLeft(person, clock()), to }, clock())
  }
  await removeGone(code, presences, told, clock)
}
