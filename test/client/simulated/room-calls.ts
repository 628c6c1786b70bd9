import { commandFrame, standAtEnd } from '../../../functions/domain/playback.ts'
import { assertMay, isHost, may, rightToChange } from '../../../functions/domain/rights.ts'
import { mediaLearned, type Room, roomDetail, startOf } from '../../../functions/domain/room.ts'
import { parseWith } from '../../../functions/middleware/validate.ts'
import { LIVE_ORIGIN_SECONDS, MESSAGES_PER_PAGE } from '../../../protocol/limits.ts'
import type { LearnedMedia } from '../../../protocol/media.ts'
import { Refusal } from '../../../protocol/refusals.ts'
import { type RequestOf, type RouteName, routes } from '../../../protocol/routes.ts'
import { doorActs } from './door.ts'
import { CODE, isMember, type KeptRoom, memberOf, nameOf, peopleIn, shownMessages } from './kept-room.ts'
import { moderationActs } from './moderation.ts'
import type { Server } from './network.ts'
import { closeSocketsIn, rename } from './presence.ts'
import { changeFacts, roleActs } from './roles.ts'

export type Call = Parameters<Server['answer']>[0]
export type Answer = ReturnType<Server['answer']>

export type Act<N extends RouteName> = (kept: KeptRoom, user: string, input: RequestOf<N>) => object

const detailFor = (kept: KeptRoom, user: string) => roomDetail(kept.room, user, peopleIn(kept).length)

/** Keeps what is news of the video that the room has, and tells it. A room that is past its end stands there. */
const learn = (kept: KeptRoom, { url, duration, live_origin }: LearnedMedia): void => {
  const { media } = kept.room
  if (media?.url !== url) return
  const isOld = ({ live_origin: before }: typeof media) =>
    before === undefined || before <= (live_origin ?? 0) - LIVE_ORIGIN_SECONDS * 1000
  const isLonger = (seconds: number) =>
    media.duration === null || (kept.learnedDuration === media.duration && seconds > media.duration)
  const isNews = (duration === undefined || isLonger(duration)) && (live_origin === undefined || isOld(media))
  if (!isNews || (duration ?? live_origin) === undefined) return
  const stand = duration === undefined ? undefined : standAtEnd(kept.room, kept.now())
  const stands = stand && { ...stand, is_playing: false, version: kept.room.version + 1 }
  kept.learnedDuration = duration ?? kept.learnedDuration
  const wiser = { ...media, duration: duration ?? media.duration, ...(live_origin !== undefined && { live_origin }) }
  kept.room = { ...kept.room, ...stands, media: wiser, facts_revision: kept.room.facts_revision + 1 }
  if (stands !== undefined) kept.tell(commandFrame('PAUSE', kept.room, null))
  kept.tell(mediaLearned(wiser, kept.room.facts_revision))
}

const settings: Act<'rooms/settings'> = (kept, user, asked) => {
  const { room_id: _, media, start, learned, password: __, new_password: ___, ...facts } = asked
  assertMay(rightToChange(asked), kept.room, user)
  if (learned !== undefined) {
    learn(kept, learned)
    return detailFor(kept, user)
  }
  if (media !== undefined) {
    const stands = { is_playing: false, time: startOf(media, start), at: kept.now() }
    kept.room = { ...kept.room, media, ...stands, version: kept.room.version + 1 }
    kept.learnedDuration = null
    kept.tell(commandFrame('PAUSE', kept.room, user))
  }
  changeFacts(kept, facts as Partial<Room>)
  return detailFor(kept, user)
}

const messages: Act<'rooms/messages'> = (kept, _user, { before, after }) => {
  const found = shownMessages(kept).filter(({ id }) => (after === undefined ? id < (before ?? 'Z') : id > after))
  const page = after === undefined ? found.slice(-MESSAGES_PER_PAGE) : found.slice(0, MESSAGES_PER_PAGE)
  const edge = after === undefined ? page.at(0) : page.at(-1)
  const next = found.length > page.length ? (edge?.id ?? null) : null
  if (after === undefined) return { messages: page, next }
  const removals = kept.removals.filter(({ id }) => id > after && (next === null || id <= next))
  return { messages: page, next, removed: removals.map(({ message_id }) => message_id) }
}

const participants: Act<'rooms/participants'> = (kept, user) => {
  const ids = [...new Set([kept.room.host_id, ...peopleIn(kept), ...kept.members.keys()])]
  const seesAll = may('moderate', kept.room, user)
  const shown = ids.map((id) => memberOf(kept, id)).filter(({ status }) => seesAll || status === 'APPROVED')
  return {
    participants: shown.map(({ user_id, status, is_guest, status_at, muted_until }) => ({
      ...{ id: user_id, display_name: nameOf(kept, user_id), status, is_guest, status_at, muted_until },
      ...{ is_host: isHost(kept.room, user_id), online: peopleIn(kept).includes(user_id) },
    })),
    next: null,
  }
}

const name: Act<'auth/name'> = (kept, user, { display_name }) => {
  if (isHost(kept.room, user)) changeFacts(kept, { host: display_name })
  rename(kept, user, display_name)
  return { id: user, display_name, is_guest: true, access_token: user }
}

const acts: { [N in RouteName]?: Act<N> } = {
  'auth/name': name,
  'rooms/detail': detailFor,
  'rooms/messages': messages,
  'rooms/participants': participants,
  'rooms/settings': settings,
  ...doorActs,
  ...roleActs,
  ...moderationActs,
  'rooms/delete': (kept, user) => {
    assertMay('own', kept.room, user)
    kept.room = { ...kept.room, deleted_at: kept.now() }
    closeSocketsIn(kept)
    return { status: 'room_deleted' }
  },
}

/** The route of a call and what the call says; undefined where the simulated server has none such. */
const routeOf = ({ method, path, body }: Call) => {
  const { pathname, searchParams } = new URL(path, 'http://room')
  const names = Object.keys(acts) as (keyof typeof acts)[]
  const name = names.find(
    (one) => routes[one].method === method && routes[one].path.replace('{code}', CODE) === pathname,
  )
  return name === undefined ? undefined : { name, fields: { code: CODE, ...Object.fromEntries(searchParams), ...body } }
}

/** One act of a route, with what it reads out of the call. @throws Refusal */
const actOn = <N extends keyof typeof acts>(kept: KeptRoom, name: N, user: string, fields: object): object => {
  const act = acts[name] as Act<N>
  if (kept.room.deleted_at !== null) throw new Refusal('room_not_found')
  if (!isMember(kept, user) && name !== 'rooms/join' && name !== 'rooms/leave') throw new Refusal('not_a_member')
  return act(kept, user, parseWith(routes[name].request, fields) as RequestOf<N>)
}

/** Answers a call of a member, whose token is their id. */
export const answerCall = (kept: KeptRoom, call: Call): Answer => {
  const route = routeOf(call)
  try {
    if (route === undefined) throw new Refusal('not_found')
    const body = actOn(kept, route.name, call.token ?? '', route.fields)
    return { status: routes[route.name].status, body }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { status: error.status, body: { error: error.message, code: error.code } }
  }
}
