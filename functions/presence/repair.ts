import { setTimeout as wait } from 'node:timers/promises'
import {
  endedConnections,
  leftBehind,
  liveConnections,
  type Presence,
  type SocketIds,
  socketIdsIn,
} from '../domain/presence.ts'
import { asOfNow } from '../domain/snapshot.ts'
import { CERTAIN_AFTER_MS, MOST_TRIES, POST_WITHIN_MS, REPEATED_AFTER_MS } from '../domain/times.ts'
import { framesOf } from '../fanout/frames.ts'
import { noteTold } from '../fanout/note-told.ts'
import { close, isClosedAtGateway, postAll } from '../fanout/post.ts'
import type { Repair, Runtime } from '../fanout/runtime.ts'
import { allOf } from '../table/all-of.ts'
import { presencesIn } from '../table/presences.ts'
import { removedOf } from '../table/removed-messages.ts'
import { roomByCode } from '../table/rooms.ts'
import { depart } from './depart.ts'
import { closeReplaced } from './send-away.ts'
import { tellUntold } from './tell-untold.ts'

/** Sockets that never sent a PING and are old enough to be open: only the gateway knows whether they are over. */
const neverSeen = (presences: readonly Presence[], now: number): SocketIds[] =>
  socketIdsIn(presences, ({ connections }) =>
    connections.filter(({ seen, since }) => seen === null && now - since > CERTAIN_AFTER_MS),
  )

/** Removes the sockets that the gateway confirms to be closed, and those that are over by their signs of life. */
const removeFound = async ({ room: code, suspects: told, isLook }: Repair, runtime: Runtime): Promise<void> => {
  const presences = await presencesIn(code)
  const now = runtime.clock()
  const suspects = isLook === true ? neverSeen(presences, now) : told
  const confirmed = await allOf(suspects.map(({ connectionId }) => isClosedAtGateway(connectionId)))
  const ended = socketIdsIn(presences, (presence) => [
    ...endedConnections(presence, now),
    ...(isLook === true ? leftBehind(presence, now) : []),
  ])
  const gone = suspects.filter((_, index) => confirmed[index])
  await depart(code, [...gone, ...ended], 'found', runtime)
  // A socket that only fell silent may still be open at the gateway. It gets no frame any more, so it is closed, and
  // its client comes again.
  await allOf(ended.map(({ connectionId }) => close(connectionId)))
  if (isLook === true) await tellUntold(code, presences, runtime)
}

/** Those of the sockets that are still live, and whether their clients can ask for what they lack. */
const stillLive = (presences: readonly Presence[], sockets: readonly SocketIds[], now: number) => {
  const live = new Map(presences.flatMap((one) => liveConnections(one, now)).map((one) => [one.id, one]))
  return sockets.flatMap((socket) => {
    const connection = live.get(socket.connectionId)
    return connection === undefined ? [] : [{ ...socket, canAsk: connection.seen !== null }]
  })
}

/** Posts again what did not arrive, as it is to be told by then. */
const repeat = async ({ room: code, events, behind, echo }: Repair, runtime: Runtime): Promise<void> => {
  const messages = events.flatMap((event) => (event.type === 'CHAT_MESSAGE' ? [event.id] : []))
  let missing: readonly SocketIds[] = behind
  for (const [index, pause] of REPEATED_AFTER_MS.entries()) {
    if (missing.length === 0) break
    await wait(pause)
    const [room, presences, removed] = await allOf([roomByCode(code), presencesIn(code), removedOf(code, messages)])
    if (room === undefined || room.deleted_at !== null) return
    const now = runtime.clock()
    const due = events.flatMap((event) => asOfNow(event, { room, presences, removed, now }))
    const framesFor = framesOf(due, echo)
    const targets = stillLive(presences, missing, now)
    const deliveries = await allOf(
      targets.map(({ connectionId }) => postAll(connectionId, framesFor(connectionId), POST_WITHIN_MS)),
    )
    const failed = targets
      .map((target, at) => ({ ...target, delivery: deliveries[at] }))
      .filter(({ delivery }) => delivery !== 'delivered')
    // The first post was the first try. A socket that answers 410 is not closed here: `removeFound` asks the gateway
    // what that means.
    const isLastTry = index + 2 === MOST_TRIES
    const givenUp = isLastTry ? failed.filter(({ canAsk, delivery }) => !canAsk && delivery === 'dropped') : []
    await allOf(givenUp.map(({ connectionId }) => close(connectionId)))
    await depart(code, givenUp, 'closed', runtime)
    missing = failed.filter((one) => !givenUp.includes(one))
  }
  if (missing.length > 0) return
  await noteTold(code, events, 'all')
}

/** What is left to do once the first posts of a change are out. */
export const repair = async (work: Repair, runtime: Runtime): Promise<void> => {
  await allOf([
    removeFound(work, runtime),
    work.isLook === true ? undefined : repeat(work, runtime),
    work.replaced === undefined ? undefined : closeReplaced(work.replaced),
  ])
}
