import { WISH_LASTS_SECONDS } from '../../protocol/limits.ts'
import type { ServerEvent } from '../../protocol/server-events.ts'
import type { Cancel } from '../runtime.ts'
import type { RoomListener, SessionContext } from './listener.ts'
import type { Member } from './members.ts'
import type { RoomState } from './room-state.ts'

/** Those who wait as the room's state has them; the list held where it says the same. */
export const requestsOf = (waiting: readonly Member[], held: RoomState['requests']): RoomState['requests'] => {
  const requests = waiting.map(({ id, display_name }) => ({ user: display_name, user_id: id }))
  const isHeld = ({ user, user_id }: RoomState['requests'][number], at: number): boolean =>
    user === held[at]?.user && user_id === held[at]?.user_id
  return requests.length === held.length && requests.every(isHeld) ? held : requests
}

/** The revision with which a wish was told last, and whether its person waits since. */
export type WishesHeard = ReadonlyMap<string, { revision: number; isWaiting: boolean }>

type WishEvent = {
  type: 'JOIN_REQUESTED' | 'JOIN_RESOLVED'
  user: string
  user_id: string
  revision?: number | undefined
}

/**
 * The state after word of a wish. Word that is older than what was heard changes nothing. A question that is asked once
 * more has no number: after the answer it is late, or of a new wish of which no word was heard. `members.ts` asks the
 * server which.
 */
export const hearWish = (state: RoomState, { type, user, user_id, revision }: WishEvent): RoomState => {
  const isWaiting = type === 'JOIN_REQUESTED'
  const heard = state.wishesHeard.get(user_id)
  const isLate =
    heard !== undefined && (revision === undefined ? isWaiting && !heard.isWaiting : revision < heard.revision)
  // The same comes each time that somebody who waits asks again.
  const isKnown = isWaiting && state.requests.some((one) => one.user_id === user_id && one.user === user)
  if (isLate) return state
  const others = isKnown ? state.requests : state.requests.filter((one) => one.user_id !== user_id)
  const requests = isWaiting && !isKnown ? [...others, { user, user_id }] : others
  if (revision === undefined) return requests === state.requests ? state : { ...state, requests }
  return { ...state, requests, wishesHeard: new Map(state.wishesHeard).set(user_id, { revision, isWaiting }) }
}

/** Whether a question was taken for late. It may be of a new wish of which no word was heard: the server knows. */
export const isDoubtful = ({ requests }: RoomState, event: ServerEvent): boolean =>
  event.type === 'JOIN_REQUESTED' && !requests.some(({ user_id }) => user_id === event.user_id)

/** Counts what is heard of those who wait, and says whether a PONG knows of more. */
export const createWaitingHeard = () => {
  let heard: number | null = null
  return (event: ServerEvent): boolean => {
    if (event.type === 'JOIN_REQUESTED' || event.type === 'JOIN_RESOLVED') {
      if (heard !== null && event.revision === heard + 1) heard = event.revision
      return false
    }
    const waiting = event.type === 'PONG' ? event.revisions?.waiting : undefined
    if (waiting === undefined) return false
    const isMissed = heard !== null && waiting > heard
    heard = waiting
    return isMissed
  }
}

/**
 * Who waits asks every few seconds, and the host hears each time. Of whom nothing is heard for longer may have gone.
 */
const UNHEARD_AFTER_MS = WISH_LASTS_SECONDS * 1_000 + 10_000
const LOOKED_EVERY_MS = 10_000

/**
 * Looks after people who wait and ask no more: `read` asks the server who still waits, because it alone knows. To be
 * told of every answer to that with `confirm`.
 */
export const createWaitingWatch = (
  { runtime, store }: Pick<SessionContext, 'runtime' | 'store'>,
  read: () => void,
): RoomListener & { confirm: () => void } => {
  const heardAt = new Map<string, number>()
  let cancel: Cancel | undefined

  const look = () => {
    cancel = undefined
    const { requests } = store.get()
    const isUnheard = (userId: string) =>
      runtime.now() - (heardAt.get(userId) ?? Number.NEGATIVE_INFINITY) >= UNHEARD_AFTER_MS
    if (requests.some(({ user_id }) => isUnheard(user_id))) read()
    if (requests.length > 0) lookSoon()
    else heardAt.clear()
  }
  const lookSoon = () => {
    cancel ??= runtime.after(LOOKED_EVERY_MS, look)
  }
  return {
    heard: (event) => {
      if (event.type !== 'JOIN_REQUESTED') return
      heardAt.set(event.user_id, runtime.now())
      lookSoon()
    },
    confirm: () => {
      const { requests } = store.get()
      for (const { user_id } of requests) heardAt.set(user_id, runtime.now())
      if (requests.length > 0) lookSoon()
    },
    stop: () => cancel?.(),
  }
}
