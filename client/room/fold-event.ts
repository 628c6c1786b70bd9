import { MESSAGES_PER_PAGE } from '../../protocol/limits.ts'
import type { Media } from '../../protocol/media.ts'
import type { PlaybackState } from '../../protocol/playback.ts'
import type { RoomFacts } from '../../protocol/room.ts'
import { pickFacts } from '../../protocol/room-facts.ts'
import type { ServerEvent, ServerEventOf, ShownMessage } from '../../protocol/server-events.ts'
import { PROTOCOL_VERSION } from '../../protocol/version.ts'
import { addSaid } from './messages.ts'
import { addPerson, giveRoles, greetPeople, type People, removePerson } from './people.ts'
import { remains, withoutGone, withoutUnlisted, withRemoved } from './removed-messages.ts'
import { roleOf } from './role.ts'
import type { KnownFacts, RoomState } from './room-state.ts'
import { hearWish } from './waiting.ts'

const isSameMedia = (one: Media | null, other: Media | null): boolean =>
  one?.url === other?.url &&
  one?.title === other?.title &&
  one?.duration === other?.duration &&
  one?.live_origin === other?.live_origin

const isNewer = (state: RoomState, version: number): boolean => version > (state.playback?.version ?? -1)

const follow = (state: RoomState, { is_playing, time, at, rate, version }: PlaybackState): RoomState =>
  isNewer(state, version) ? { ...state, playback: { is_playing, time, at, rate, version }, isGreeting: false } : state

/** A greeting tells the truth, whatever version was held: the server's table may have been restored. */
const forgetVersions = (state: RoomState): RoomState =>
  state.isGreeting ? { ...state, playback: null, mediaVersion: -1 } : state

/**
 * The state of a client whose server has gone back to lower numbers, because its table was restored: what is told next
 * replaces what is held.
 */
export const awaitingTruth = (state: RoomState): RoomState => ({
  ...state,
  isGreeting: true,
  room: state.room && { ...state.room, revision: undefined },
})

/** Without what is undefined. */
const said = <F extends object>(facts: F): F =>
  Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as F

/** The facts as told. What an older server does not say stays as it was heard. */
const factsOf = (state: RoomState, told: RoomFacts) => {
  const { media: _, ...facts } = pickFacts(told)
  return { ...state.room, ...said(facts) }
}

/**
 * Whether the facts as told are older than those held. The order of saving counts, which the revision says. A server of
 * 0.1.0 tells only when its call began.
 */
const isOlder = (told: { at: number; revision?: number | undefined }, held: KnownFacts): boolean =>
  told.revision === undefined || held.revision === undefined ? told.at < held.at : told.revision < held.revision

const updateRoom = (state: RoomState, event: ServerEventOf<'ROOM_UPDATED'>): RoomState => {
  const { media, version, at, revision } = event
  const isLate = state.room !== null && isOlder(event, state.room)
  const room = isLate ? state.room : { ...factsOf(state, event), at, revision }
  const people = isLate ? state.people : giveRoles(state.people, event)
  const known = state.playback?.version ?? version
  const next = withoutGone({ ...withMedia(state, media, version, isLate), room, people })
  if (next.media?.url === state.media?.url || !isNewer(state, version)) return next
  // A change of media pauses the room in the same write. Where the video begins says its PAUSE, or the state that this
  // client asks for after a PONG. Until then the video stands at 0, with the version that was held, so that neither of
  // these is dropped.
  const playback = { is_playing: false, time: 0, at, rate: 1, version: known }
  return { ...next, playback }
}

const noteVersion = (state: RoomState, protocol: number | undefined): RoomState =>
  protocol !== undefined && protocol > PROTOCOL_VERSION && !state.isOutdated ? { ...state, isOutdated: true } : state

/**
 * Notes a mute as it was at an instant. The later instant counts, also where it says what is held: a PONG may have been
 * on its way while somebody was muted, and a MUTED is told late. Older servers say nothing of it.
 */
const noteMute = (state: RoomState, until: number | null | undefined, at: number): RoomState => {
  if (until === undefined || at < state.mutedAt) return state
  return until === state.mutedUntil && at === state.mutedAt ? state : { ...state, mutedUntil: until, mutedAt: at }
}

/** What a PONG says. Mostly that is what is held, and the same state: nothing is drawn again for it. */
const notePong = (state: RoomState, { muted_until, t1, protocol }: ServerEventOf<'PONG'>): RoomState =>
  noteVersion(muted_until === state.mutedUntil ? state : noteMute(state, muted_until, t1), protocol)

/** The state after one event. Events that say nothing new give the same state back. */
export const foldEvent = (state: RoomState, event: ServerEvent): RoomState => {
  switch (event.type) {
    case 'ROOM_PARTICIPANTS':
      return { ...state, people: greetPeople(state.people, event), wishesHeard: new Map(), isGreeting: true }
    case 'USER_JOINED':
      return withPeople(state, addPerson(state.people, event, roleOf(state, event.user_id)))
    case 'USER_LEFT':
      return withPeople(state, removePerson(state.people, event))
    case 'CHAT_MESSAGE': {
      const { id, user, user_id, message, created_at } = event
      // Told late. Shown, it would hide that others are missing behind it; scrolling back brings them all.
      if (isBeforeHeld(state, id)) return state
      return withMessages(state, [{ id, user, user_id, message, created_at }])
    }
    case 'CHAT_HISTORY':
      return withMessages(withoutMissing(state, event), event.messages)
    case 'MESSAGE_REMOVED':
      return withRemoved(state, [event.id], event.user_id)
    case 'PLAY':
    case 'PAUSE':
    case 'SEEK': {
      const next = follow(state, event)
      return next === state ? state : { ...next, commandedBy: event.user_id }
    }
    case 'PLAYBACK_STATE':
      return withMedia(follow(forgetVersions(state), event), event.media, event.version)
    case 'ROOM_UPDATED':
      return updateRoom(state, event)
    case 'MEDIA_LEARNED':
      return countLearned(learn(state, event, isLearnedLate(state, event)), event.revision)
    case 'JOIN_REQUESTED':
    case 'JOIN_RESOLVED':
      return hearWish(state, event)
    case 'PAUSE_ASKED': {
      const { user, user_id, at } = event
      return { ...state, pauseAsked: { user, user_id, at } }
    }
    case 'MUTED':
      return noteMute(state, event.until, event.at)
    case 'PONG':
      return notePong(state, event)
    case 'ERROR':
    case 'ROOM_DELETED':
    case 'REMOVED':
      return state
    default:
      return event satisfies never
  }
}

/**
 * The state after an event over a socket that has been greeted. A list of people is an answer there, and begins no greeting:
 * the playback that comes behind it may be older than what is held.
 */
export const foldLater = (state: RoomState, event: ServerEvent): RoomState =>
  event.type === 'ROOM_PARTICIPANTS'
    ? { ...foldEvent(state, event), isGreeting: state.isGreeting }
    : foldEvent(state, event)

/**
 * The state without the messages that a CHAT_HISTORY says are gone. A CHAT_HISTORY without `since` is whole from its
 * oldest message on.
 */
const withoutMissing = (
  state: RoomState,
  { since, messages, truncated, removed }: ServerEventOf<'CHAT_HISTORY'>,
): RoomState =>
  since === undefined
    ? withoutUnlisted(state, messages, messages.length < MESSAGES_PER_PAGE && truncated !== true)
    : withRemoved(state, removed ?? [])

/** Whether a message is older than all that are held, where these are not known to be the whole chat. */
const isBeforeHeld = ({ messages, isFromBeginning }: RoomState, id: string): boolean =>
  !isFromBeginning && id < (messages[0]?.id ?? '')

/** The state with messages added, each once, in order, but for those that are gone. */
export const withMessages = (state: RoomState, messages: readonly ShownMessage[]): RoomState => {
  const next = addSaid(state, messages.filter(remains(state)))
  return next.messages === state.messages && next.newerUntil === state.newerUntil ? state : { ...state, ...next }
}

/** The state with what the room's detail says; for when no ROOM_UPDATED has been heard since it was asked for. */
export const withFacts = (state: RoomState, detail: RoomFacts & { revision?: number | undefined }): RoomState => {
  const room = { ...factsOf(state, detail), at: state.room?.at ?? 0, revision: detail.revision }
  return withoutGone({ ...state, room, people: giveRoles(state.people, room) })
}

const withPeople = (state: RoomState, people: People): RoomState =>
  people === state.people ? state : { ...state, people }

/** Whether the facts that are held came later. */
const isLearnedLate = ({ room }: RoomState, { revision }: ServerEventOf<'MEDIA_LEARNED'>): boolean =>
  room?.revision !== undefined && revision !== undefined && revision < room.revision

/**
 * The state with what somebody has found out about the video that the room has; nothing known is forgotten. What is told
 * late says only what is not known.
 */
const learn = (
  state: RoomState,
  learned: Pick<Media, 'url' | 'duration' | 'live_origin'>,
  isLate = false,
): RoomState => {
  if (state.media?.url !== learned.url) return state
  const [older, newer] = isLate ? [learned, state.media] : [state.media, learned]
  const origin = newer.live_origin ?? older.live_origin
  const media: Media = {
    ...state.media,
    duration: newer.duration ?? older.duration,
    ...(origin !== undefined && { live_origin: origin }),
  }
  return isSameMedia(state.media, media) ? state : { ...state, media }
}

/**
 * Counts what was learned as one change of the facts. Where a change before it is missing, the revision stays, so that
 * the facts are asked for.
 */
const countLearned = (state: RoomState, revision: number | undefined): RoomState =>
  state.room?.revision === undefined || revision !== state.room.revision + 1
    ? state
    : { ...state, room: { ...state.room, revision } }

/**
 * The state with the media of a version. The playback's version does not decide: the PAUSE of a new video comes before
 * the ROOM_UPDATED that names it, and both have one version. The same media stays the same object, so that a page that
 * compares by identity does not load it again.
 */
const withMedia = (state: RoomState, media: Media | null, version: number, isLate = false): RoomState => {
  if (version <= state.mediaVersion) return media === null ? state : learn(state, media, isLate)
  return { ...state, media: isSameMedia(state.media, media) ? state.media : media, mediaVersion: version }
}
