import { setTimeout as wait } from 'node:timers/promises'
import { isAnnounced, isPresent, renamedEvents, userLeft } from '../domain/presence.ts'
import { TOLD_WITHIN_MS } from '../domain/times.ts'
import type { Runtime } from '../fanout/runtime.ts'
import { tellPresent } from '../fanout/tell-room.ts'
import { presenceOf, presencesIn } from '../table/presences.ts'
import { claimNameTelling, namePresence, noteNameTold } from '../table/renaming.ts'
import { raiseRevision } from '../table/revisions.ts'

/**
 * Tells a room that somebody who is there has another name, if that was not told yet. The person's own tabs hear it
 * too.
 */
export const tellRenamed = async (code: string, userId: string, runtime: Runtime): Promise<void> => {
  const { clock, ids } = runtime
  const known = await presenceOf(code, userId)
  if (known?.renamed_from === undefined) return
  // The USER_JOINED of this person may still be on its way.
  if (isAnnounced(known)) await wait(Math.max(0, (known.announced ?? 0) + TOLD_WITHIN_MS - clock()))
  const presences = await presencesIn(code)
  const person = presences.find(({ user_id }) => user_id === userId)
  // The leave of somebody who left meanwhile is told by the function that removed their last socket.
  if (person?.renamed_from === undefined || !isAnnounced(person) || !isPresent(person, clock())) return
  const at = Math.max(clock(), (person.present_since ?? 0) + 1)
  if (!(await claimNameTelling({ code, userId }, person.name, { at: at + 1, claimer: ids.token() }))) return
  const events = renamedEvents(person, person.renamed_from, at, await raiseRevision(code, 'people', 2))
  await tellPresent(code, presences, { events, to: 'everyone' }, runtime)
  await noteNameTold({ code, userId }, person.name)
  // USER_LEFT may have overtaken our USER_JOINED, so it is sent once more, as what happened next.
  const latest = await presenceOf(code, userId)
  if (latest === undefined || !isPresent(latest, clock()))
    await tellPresent(code, presences, { events: [userLeft(person, at + 2)], to: { allBut: userId } }, runtime)
}

/** Calls a person who is there by this name, and tells the others. */
export const renamePresence = async (code: string, userId: string, name: string, runtime: Runtime): Promise<void> => {
  const untold = await namePresence({ code, userId }, name, runtime.clock())
  if (untold !== undefined) await tellRenamed(code, userId, runtime)
}
