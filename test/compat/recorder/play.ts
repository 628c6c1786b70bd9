import type { RoomSocket } from '../../staging/socket.ts'
import type { Person, Stage } from '../../staging/stage.ts'
import type { Recorded } from '../recorded.ts'
import type { PastClock } from './past-clock.ts'

type Role = Person & { is_guest: boolean; email?: string; password?: string }

/** Everything that the scenes leave behind for the files. */
export type Play = {
  stage: Stage
  clock: PastClock
  people: Record<string, Role>
  rooms: Recorded['cast']['rooms']
  refused: Record<string, string>
  /** Sockets whose frames are kept. */
  watched: { who: string; room: string; socket: RoomSocket }[]
}

export const named = <T>(record: Record<string, T>, name: string): T => {
  const found = record[name]
  if (found === undefined) throw new Error(`Nothing here is called ${name}.`)
  return found
}

export const guest = async ({ stage, people }: Play, who: string, name: string): Promise<Person> => {
  const person = await stage.guest(name)
  people[who] = { ...person, is_guest: true }
  return person
}

export const account = async ({ stage, people }: Play, who: string, name: string, email: string): Promise<Person> => {
  const password = `password of ${who}`
  const { id, access_token } = await stage.call('auth/register', { email, password, display_name: name })
  people[who] = { id, name, token: access_token, is_guest: false, email, password }
  return { id, name, token: access_token }
}

export const room = async (play: Play, as: string, host: string, input: Record<string, unknown>): Promise<string> => {
  const sent = { is_private: false, ...input }
  const { code, room_password } = await play.stage.call('rooms/create', sent, named(play.people, host))
  play.rooms[as] = { code, ...(room_password !== undefined && { password: room_password }) }
  return code
}

export const joins = async (play: Play, where: string, ...who: string[]): Promise<void> => {
  for (const one of who) await play.stage.call('rooms/join', named(play.rooms, where), named(play.people, one))
}

export const enters = async (play: Play, where: string, who: string): Promise<RoomSocket> => {
  const socket = await play.stage.enter(named(play.rooms, where).code, named(play.people, who))
  await play.stage.settled()
  play.watched.push({ who, room: where, socket })
  return socket
}

/** A call about somebody in a room, made by its host. */
export const about = async (
  play: Play,
  route: 'approve' | 'ban' | 'kick' | 'mute' | 'reject' | 'transfer' | 'unban' | 'unmute',
  where: string,
  who: string,
  more: Record<string, unknown> = {},
): Promise<void> => {
  const input = { room_id: named(play.rooms, where).code, user_id: named(play.people, who).id, ...more }
  await play.stage.call(`rooms/${route}`, input, named(play.people, 'hana'))
}
