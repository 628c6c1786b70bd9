import { type RoomState, waitingAmong } from '../../client/index.ts'
import type { Post } from '../../local/faults.ts'
import type { ServerEvent } from '../../protocol/server-events.ts'
import type { Person } from './person.ts'
import type { Timeline } from './timeline.ts'
import type { Fate } from './weather.ts'

/** The SDK posts a refused frame so often. */
const TRIES_OF_THE_SDK = 3

type Lost = { person: Person; connectionId: string; event: ServerEvent; at: number }

/** Whether a state shows what a frame said, or something newer. Undefined: a frame that is not looked for. */
const shows = (state: RoomState, event: ServerEvent): boolean | undefined => {
  const isListed = (userId: string) => state.people.list.some(({ user_id }) => user_id === userId)
  const waits = (userId: string) =>
    waitingAmong(state.members).some(({ id }) => id === userId) ||
    state.requests.some(({ user_id }) => user_id === userId)
  const holds = (messageId: string) => state.messages.some(({ id }) => id === messageId)
  switch (event.type) {
    case 'CHAT_MESSAGE':
      // Written before the chat was cleared.
      return holds(event.id) || event.id <= (state.room?.chat_since ?? '')
    case 'MESSAGE_REMOVED':
      return !holds(event.id)
    case 'PLAY':
    case 'PAUSE':
    case 'SEEK':
      return (state.playback?.version ?? -1) >= event.version
    case 'ROOM_UPDATED':
      return (state.room?.revision ?? -1) >= (event.revision ?? 0)
    case 'USER_JOINED':
      return isListed(event.user_id)
    case 'USER_LEFT':
      return !isListed(event.user_id)
    case 'JOIN_REQUESTED':
      return waits(event.user_id)
    case 'JOIN_RESOLVED':
      return !waits(event.user_id)
    default:
      return undefined
  }
}

/** What a later frame of the same topic makes old. */
const topicOf = (event: ServerEvent): string | undefined => {
  if (event.type === 'USER_JOINED' || event.type === 'USER_LEFT') return `there ${event.user_id}`
  if (event.type === 'JOIN_REQUESTED' || event.type === 'JOIN_RESOLVED') return `waits ${event.user_id}`
  return undefined
}

/** Whether a frame that comes later makes a lost one old. A list of the people does where it counts that change. */
const isOvertaken = (lost: ServerEvent, newer: ServerEvent): boolean => {
  if (newer.type === 'ROOM_PARTICIPANTS' && (lost.type === 'USER_JOINED' || lost.type === 'USER_LEFT'))
    return lost.revision !== undefined && (newer.revision ?? -1) >= lost.revision
  return topicOf(lost) !== undefined && topicOf(lost) === topicOf(newer)
}

/** Watches every frame that never reached its client, until the client shows what it said. */
export const createHealing = (timeline: Timeline, personOf: (connectionId: string) => Person | undefined) => {
  /** Ids of messages that were removed: nobody needs to show those. */
  const removed = new Set<string>()
  const refusals = new Map<string, number>()
  const outstanding = new Set<Lost>()
  /** Milliseconds that each took. */
  const healed: number[] = []
  const counts = { lost: 0, greetingsLost: 0, overtaken: 0 }

  /** A message that was removed, or who waits, told to somebody who may let nobody in any more. */
  const isMoot = ({ event, person }: Lost): boolean => {
    if (event.type === 'CHAT_MESSAGE') return removed.has(event.id)
    return event.type === 'JOIN_REQUESTED' && !person.may('moderate')
  }

  const isLost = ({ connectionId, data }: Post, fate: Fate): boolean => {
    if (fate === 'passed' || fate === 'gone') return fate === 'gone'
    const key = `${connectionId} ${data}`
    const tries = (refusals.get(key) ?? 0) + 1
    refusals.set(key, tries)
    return tries === (fate === 'hangs' ? 1 : TRIES_OF_THE_SDK)
  }

  const overtake = (connectionId: string, newer: ServerEvent) => {
    for (const lost of outstanding)
      if (lost.connectionId === connectionId && isOvertaken(lost.event, newer)) {
        outstanding.delete(lost)
        counts.overtaken += 1
      }
  }

  return {
    healed,
    counts,
    /** The types of the frames whose clients have shown neither what they said nor anything newer. */
    outstanding: (): string[] => [...outstanding].map(({ event }) => event.type),
    posted: (post: Post, event: ServerEvent, fate: Fate): void => {
      overtake(post.connectionId, event)
      if (event.type === 'MESSAGE_REMOVED') removed.add(event.id)
      // A greeting begins again and again until its first frame is taken.
      if (event.type === 'ROOM_PARTICIPANTS' || !isLost(post, fate)) return
      counts.lost += 1
      const person = personOf(post.connectionId)
      const state = person?.session()?.store.get()
      if (event.type === 'CHAT_HISTORY' || event.type === 'PLAYBACK_STATE') counts.greetingsLost += 1
      if (person === undefined || state === undefined || shows(state, event) === undefined) return
      outstanding.add({ person, connectionId: post.connectionId, event, at: timeline.now() })
    },
    /** To be called often. */
    look: (): void => {
      for (const lost of outstanding) {
        const state = lost.person.session()?.store.get()
        // A client that is no more heals by its next greeting.
        if (state === undefined) outstanding.delete(lost)
        else if (isMoot(lost)) {
          outstanding.delete(lost)
          counts.overtaken += 1
        } else if (shows(state, lost.event)) {
          outstanding.delete(lost)
          healed.push(timeline.now() - lost.at)
        }
      }
    },
  }
}
export type Healing = ReturnType<typeof createHealing>
