import { hostIdOf, type RoomState } from '../../../client/index.ts'
import { type PlaybackState, positionAt } from '../../../protocol/playback.ts'
import type { GivenRole } from '../../../protocol/roles.ts'
import { formatTitle } from '../../players/shown-title.ts'

/** Who may do what has changed. `isForAll`: everybody plays, pauses and seeks. */
export type RoleHappening =
  | { kind: 'appointed' | 'dismissed'; role: GivenRole; id: string; name: string; isOwn: boolean }
  | { kind: 'control'; name: string; isForAll: boolean }
  | { kind: 'handedOver'; name: string }

/** Something that the room has seen happen. `name` is who did it, `time` in seconds of the video. */
export type Happening =
  | { kind: 'joined' | 'left'; id: string; name: string }
  | { kind: 'played' | 'paused' | 'sought'; name: string; time: number; version: number }
  | { kind: 'changed'; name: string; title: string; version: number }
  | { kind: 'renamed'; id: string; name: string; former: string }
  | { kind: 'cleared'; name: string }
  | { kind: 'slowed'; name: string; seconds: number }
  | { kind: 'removed'; name: string; isByHost: boolean }
  | RoleHappening

const peopleBetween = (before: RoomState, after: RoomState): Happening[] => {
  if (before.people.list === after.people.list || before.people.list.length === 0) return []
  const idsBefore = new Set(before.people.list.map(({ user_id }) => user_id))
  const idsAfter = new Set(after.people.list.map(({ user_id }) => user_id))
  const joined = after.people.list.filter(({ user_id }) => !idsBefore.has(user_id))
  const names = new Map(before.people.list.map(({ user_id, name }) => [user_id, name]))
  const left = before.people.list.filter(({ user_id }) => !idsAfter.has(user_id))
  return [
    ...joined.map(({ user_id: id, name }): Happening => ({ kind: 'joined', id, name })),
    ...left.map(({ user_id: id, name }): Happening => ({ kind: 'left', id, name })),
    ...after.people.list.flatMap(({ user_id: id, name }): Happening[] => {
      const former = names.get(id)
      return former === undefined || former === name ? [] : [{ kind: 'renamed', id, name, former }]
    }),
  ]
}

/** The name of who gave the last command: anybody who may, or the host where nobody else is known. */
const commanderOf = ({ commandedBy, people, room }: RoomState): string =>
  people.list.find(({ user_id }) => user_id === commandedBy)?.name ?? room?.host ?? ''

/** The video was over already, and stands there from now on. */
const wasOver = ({ playback, media }: RoomState, { at, time }: PlaybackState): boolean => {
  const duration = media?.duration ?? null
  return playback !== null && duration !== null && time >= duration && positionAt(playback, at, duration) >= duration
}

const playbackBetween = (state: RoomState, next: RoomState): Happening[] => {
  const { playback: before } = state
  const { playback: after } = next
  if (before === null || after === null || after.version === before.version) return []
  const { time, version, is_playing } = after
  if (before.is_playing && !is_playing && wasOver(state, after)) return []
  const kind = is_playing === before.is_playing ? 'sought' : is_playing ? 'played' : 'paused'
  return [{ kind, name: commanderOf(next), time, version }]
}

/**
 * What has happened between two states of one room, both connected and greeted. What a greeting brings has not just
 * happened, so callers do not compare across a greeting.
 */
export const happenedBetween = (before: RoomState, after: RoomState): readonly Happening[] => {
  const happened = [...peopleBetween(before, after), ...playbackBetween(before, after)]
  if (before.playback !== null && after.media !== null && before.media?.url !== after.media.url)
    happened.push({
      kind: 'changed',
      name: commanderOf(after),
      title: formatTitle(after.media),
      version: after.mediaVersion,
    })
  if (before.room !== null && after.room !== null && hostIdOf(before) !== hostIdOf(after))
    happened.push({ kind: 'handedOver', name: after.room.host })
  return happened
}
