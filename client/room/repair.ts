import type { RoomPart } from '../../protocol/event-types.ts'
import type { Revisions } from '../../protocol/revisions.ts'
import type { ServerEvent } from '../../protocol/server-events.ts'
import type { Cancel } from '../runtime.ts'
import { awaitingTruth } from './fold-event.ts'
import type { RoomListener, SessionContext } from './listener.ts'

/** A burst of PONGs that all know better is one reason to ask, not ten. */
const ASK_AGAIN_AFTER_MS = 2_000
/** A change may be told while a PONG is on its way: only what is still missing after this was lost. */
const ON_ITS_WAY_MS = 2_000
/** A change that a function died before counting shows in no revision. Asking for everything finds it. */
const ASK_FOR_ALL_EVERY_MS = 10 * 60_000

/** Which changes of the people this client has heard of, by their revisions. */
const createPeopleHeard = () => {
  const since = new Set<number>()
  const held = (listed: number | null): number | null => {
    let newest = listed
    while (newest !== null && since.has(newest + 1)) newest += 1
    return newest
  }
  return {
    heard: (event: ServerEvent) => {
      // The list replaces what was heard before it, also what is newer.
      if (event.type === 'ROOM_PARTICIPANTS') since.clear()
      else if ((event.type === 'USER_JOINED' || event.type === 'USER_LEFT') && event.revision !== undefined)
        since.add(event.revision)
    },
    /**
     * Whether some change up to this revision is missing behind the list. `joined`: the person's own coming, which nobody
     * tells them.
     */
    lacks: (listed: number | null, revision: number, joined: number | undefined): boolean => {
      if (joined !== undefined) since.add(joined)
      const newest = held(listed)
      return newest !== null && newest < revision
    },
  }
}

/**
 * Compares what this client holds of playback, facts and people with the revisions that PONG tells. It asks once for
 * the parts that it lacks. `missed-chat.ts` looks after the chat, `members.ts` after those who wait.
 */
export const createRepair = ({ runtime, store, send }: SessionContext): RoomListener => {
  const people = createPeopleHeard()
  let askedAt = Number.NEGATIVE_INFINITY
  let askedForAllAt = runtime.now()
  let cancelRecheck: Cancel | undefined
  /** Of which parts the PONG before had a lower number than was held. */
  let wentBack: readonly boolean[] = []
  /** The facts were asked for after the table was restored, and have not come. */
  let areFactsAwaited = false

  /** False where it was asked just now. */
  const ask = (parts: RoomPart[]): boolean => {
    if (runtime.now() - askedAt < ASK_AGAIN_AFTER_MS) return false
    askedAt = runtime.now()
    return send({ type: 'SYNC_REQUEST', ...(parts.length > 0 && { parts }) })
  }

  const lackedParts = ({ facts, people: newest, joined }: Revisions): RoomPart[] => {
    const { room, people: shown } = store.get()
    const areFactsBehind = room?.revision === undefined ? areFactsAwaited : facts > room.revision
    return [
      ...(areFactsBehind ? (['facts'] as const) : []),
      ...(people.lacks(shown.revision, newest, joined) ? (['people'] as const) : []),
    ]
  }

  /** What is told just now may be on its way: only what is still missing in a moment was lost. */
  const recheck = (revisions: Revisions) => {
    cancelRecheck?.()
    cancelRecheck = runtime.after(ON_ITS_WAY_MS, () => {
      const parts = lackedParts(revisions)
      if (parts.length > 0) ask(parts)
    })
  }

  /**
   * Whether the server has counted less of some part than is held here, for the second time: its table was restored.
   * Once means only that a change overtook this PONG.
   */
  const isRestored = (version: number, { facts, people: newest }: Revisions): boolean => {
    const { playback, room, people: shown } = store.get()
    const before = wentBack
    wentBack = [
      version < (playback?.version ?? 0),
      facts < (room?.revision ?? 0),
      shown.revision !== null && newest < shown.revision,
    ]
    return wentBack.some((isBack, part) => isBack && before[part])
  }

  const compare = (version: number, revisions: Revisions | undefined) => {
    if (version > (store.get().playback?.version ?? -1)) ask([])
    if (revisions === undefined) return
    const isAllDue = runtime.now() - askedForAllAt >= ASK_FOR_ALL_EVERY_MS
    if (isRestored(version, revisions)) {
      // Not before it can be asked: without the numbers that are held, no PONG would show what is missing.
      if (!ask(['facts', 'people'])) return
      store.update(awaitingTruth)
      areFactsAwaited = true
    } else if (isAllDue && ask(['facts', 'people'])) askedForAllAt = runtime.now()
    else if (lackedParts(revisions).length > 0) recheck(revisions)
  }

  return {
    heard: (event) => {
      people.heard(event)
      if (store.get().room?.revision !== undefined) areFactsAwaited = false
      if (event.type === 'PONG') compare(event.version, event.revisions)
    },
    lost: () => cancelRecheck?.(),
    stop: () => cancelRecheck?.(),
  }
}
