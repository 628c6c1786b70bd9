import { isPresent, timeOfLeave, userJoined, userLeft } from '../domain/presence.ts'
import { TOLD_WITHIN_MS } from '../domain/times.ts'
import type { Runtime } from '../fanout/runtime.ts'
import { tellPresent } from '../fanout/tell-room.ts'
import { presenceOf, presencesIn } from '../table/presences.ts'
import { raiseRevision } from '../table/revisions.ts'
import { claimAnnouncement } from '../table/sockets.ts'

type Coming = {
  userId: string
  since: number
  /** When the table said so for sure. It is later than `since` where that write was slow. */
  savedAt?: number
}

/**
 * Tells the others that somebody is there since `since`. Call it once that is saved: it reads everybody who became live
 * before. Sockets that become live later learn it from their greeting.
 */
export const announceJoin = async (
  code: string,
  { userId, since, savedAt = since }: Coming,
  runtime: Runtime,
): Promise<void> => {
  const { clock } = runtime
  const revision = await raiseRevision(code, 'people')
  const claimed = await claimAnnouncement({ code, userId }, { since, revision })
  // The person left before the claim: the function that removed the socket tells both join and leave.
  if (claimed === undefined || !isPresent(claimed, clock())) return
  const claimedAt = clock()
  const presences = await presencesIn(code)
  // The name is the one that the person has now. A change of it is told to those who had heard of them before.
  const person = { name: claimed.name, user_id: userId }
  const to = { allBut: userId }
  await tellPresent(code, presences, { events: [userJoined(person, since, revision)], to, happened: savedAt }, runtime)
  if (clock() - claimedAt <= TOLD_WITHIN_MS) return
  // Slow posts: USER_LEFT may have overtaken our USER_JOINED, so send it once more.
  const presence = await presenceOf(code, userId)
  if (presence === undefined || !isPresent(presence, clock()))
    await tellPresent(
      code,
      presences,
      { events: [userLeft(person, timeOfLeave({ left_at: 0, ...presence, present_since: since }))], to },
      runtime,
    )
}
