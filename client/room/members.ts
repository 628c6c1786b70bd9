import type { AnswerOf } from '../../protocol/routes.ts'
import type { ServerEvent } from '../../protocol/server-events.ts'
import type { Api } from '../api/api.ts'
import { ApiError } from '../api/api-error.ts'
import type { Cancel } from '../runtime.ts'
import { askAgainAfterMs, isFinal } from './ask-again.ts'
import type { RoomListener, SessionContext } from './listener.ts'
import type { RoomState } from './room-state.ts'
import type { RoomSession } from './session.ts'
import { createWaitingHeard, createWaitingWatch, isDoubtful, requestsOf } from './waiting.ts'

/** Somebody who has a status in the room: a member, somebody who waits to be let in, or somebody who is banned. */
export type Member = AnswerOf<'rooms/participants'>['participants'][number]

/** The members who wait to be let in, in the order of asking. */
export const waitingAmong = (members: readonly Member[]): readonly Member[] =>
  members
    .filter(({ status }) => status === 'PENDING')
    .sort(({ status_at: one = 0 }, { status_at: other = 0 }) => one - other)

/** News comes in bursts, as when a room fills up. One reading answers a whole burst. */
const SETTLE_MS = 250
const MOST_PAGES = 20

const readAll = async (api: Api, code: string): Promise<readonly Member[]> => {
  const found: Member[] = []
  let cursor: string | undefined
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const answer = await api.call('rooms/participants', { room_id: code, ...(cursor === undefined ? {} : { cursor }) })
    found.push(...answer.participants)
    if (answer.next === null) break
    cursor = answer.next
  }
  return found
}

/** Begins with the first who watches, and ends with the last. */
const countWatchers = (begin: () => void, end: () => void) => {
  let count = 0
  const watch = (): Cancel => {
    count += 1
    if (count === 1) begin()
    let isWatching = true
    return () => {
      if (!isWatching) return
      isWatching = false
      count -= 1
      if (count === 0) end()
    }
  }
  return { watch, count: () => count }
}

/**
 * Readings, one at a time. News during one brings one more behind it. One that fails is tried again, once there is a
 * connection.
 */
const createReadings = ({ runtime, store }: SessionContext, read: (isWanted: () => boolean) => Promise<void>) => {
  let isStopped = false
  let isOwed = false
  /** The server has asked for no reading before this, by the local clock. */
  let notBefore = Number.NEGATIVE_INFINITY
  /** When the next begins, by the local clock; null where none is meant to. */
  let dueAt: number | null = null
  let cancel: Cancel | undefined
  /** The reading under way: whether there was news since it began. */
  let underWay: { isOutdated: boolean } | null = null

  /** Drops what is meant to be read, and the answer that is on its way. */
  const forget = () => {
    isOwed = false
    dueAt = null
    underWay = null
    cancel?.()
  }
  const readIn = (ms: number) => {
    if (isStopped) return
    if (underWay !== null) {
      underWay.isOutdated = true
      return
    }
    const at = Math.max(runtime.now() + ms, notBefore)
    if (dueAt !== null && dueAt <= at) return
    forget()
    dueAt = at
    cancel = runtime.after(at - runtime.now(), start)
  }
  const readSoon = () => readIn(SETTLE_MS)
  const start = () => {
    const own = { isOutdated: false }
    dueAt = null
    underWay = own
    const isWanted = () => underWay === own
    const finished = () => {
      if (!isWanted()) return
      underWay = null
      if (own.isOutdated) readSoon()
    }
    // What follows a failure may be no news: who waits only asks on.
    const failed = (error: unknown) => {
      if (error instanceof ApiError && error.retryAfter !== undefined)
        notBefore = runtime.now() + askAgainAfterMs(error)
      if (isWanted()) {
        underWay = null
        if (!isFinal(error) && store.get().connection.status === 'open') readIn(askAgainAfterMs(error))
        else isOwed = true
      }
      if (!(error instanceof ApiError)) throw error
    }
    read(isWanted).then(finished).catch(failed)
  }
  const stop = () => {
    isStopped = true
    forget()
  }
  return { readSoon, greeted: () => isOwed && readSoon(), forget, stop }
}

export type Members = { listener: RoomListener; actions: Pick<RoomSession, 'watchMembers' | 'refreshMembers'> }

/**
 * Keeps the room's members in its state. They are read over HTTP while somebody watches them. They are read as well
 * where this client missed that somebody waits, or hears nothing more of somebody who did.
 */
export const createMembers = (context: SessionContext): Members => {
  const { api, code, store } = context
  let cancelSubscription: Cancel | undefined
  const isWaitingMissed = createWaitingHeard()
  /** Whether somebody may wait whom the state lacks, or the other way round. Then a reading goes on when nobody watches. */
  let isDoorDoubtful = false

  const { readSoon, forget, ...readings } = createReadings(context, async (isWanted) => {
    const { requests: asked } = store.get()
    const members = await readAll(api, code)
    if (!isWanted()) return
    if (watchers.count() > 0) store.update((state) => ({ ...state, members }))
    // Somebody has knocked or was answered meanwhile: this may be older than that.
    if (store.get().requests !== asked) return readSoon()
    store.update((state) => ({ ...state, requests: requestsOf(waitingAmong(members), state.requests) }))
    isDoorDoubtful = false
    watch.confirm()
  })
  const readDoor = () => {
    isDoorDoubtful = true
    readSoon()
  }
  const watch = createWaitingWatch(context, readDoor)

  const begin = () => {
    let seen = store.get()
    const isNews = (state: RoomState) => state.people.list !== seen.people.list || state.requests !== seen.requests
    cancelSubscription = store.subscribe(() => {
      const state = store.get()
      if (isNews(state)) readSoon()
      seen = state
    })
    readSoon()
  }

  const end = () => {
    cancelSubscription?.()
    if (!isDoorDoubtful) forget()
    // The person may stop hosting meanwhile, and only the host may see the whole list.
    store.update((state) => ({ ...state, members: [] }))
  }

  const watchers = countWatchers(begin, end)
  const refreshMembers = () => watchers.count() > 0 && readSoon()

  const stop = () => {
    readings.stop()
    watch.stop?.()
    cancelSubscription?.()
  }
  const heard = (event: ServerEvent) => {
    watch.heard?.(event)
    if (isWaitingMissed(event) || isDoubtful(store.get(), event)) readDoor()
  }
  return {
    listener: { heard, greeted: readings.greeted, stop },
    actions: { watchMembers: watchers.watch, refreshMembers },
  }
}
