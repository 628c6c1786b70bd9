import { type RouteName, routes } from '../../../protocol/routes.ts'
import type { RoomSocket } from '../../staging/socket.ts'
import type { Person, Stage } from '../../staging/stage.ts'

export type Name = 'Ada' | 'Ana' | 'Bo' | 'Cleo' | 'Hana' | 'Wes'

/**
 * A room with its host Hana, her co-host Cleo, the member Ana, and Bo, who looks on and sends nothing. Wes waits, where the
 * room asks for approval. Ada is the administrator.
 */
export type World = {
  stage: Stage
  code: string
  people: Record<Name, Person>
  sockets: Partial<Record<Name, RoomSocket>>
  /** The message that Ana has sent. */
  message: string
  post: (name: RouteName, by: Name, body: Record<string, unknown>) => Promise<number>
}

export const openWorld = async (stage: Stage, ada: Person, { isAsking }: { isAsking: boolean }): Promise<World> => {
  const { code, host } = await stage.room()
  const [cleo, ana, bo] = [
    await stage.member(code, 'Cleo'),
    await stage.member(code, 'Ana'),
    await stage.member(code, 'Bo'),
  ]
  const people = { Ada: ada, Ana: ana, Bo: bo, Cleo: cleo, Hana: host, Wes: await stage.guest('Wes') }
  await stage.call('rooms/role', { room_id: code, user_id: cleo.id, role: 'cohost' }, host)
  const sockets: World['sockets'] = {}
  for (const name of ['Hana', 'Cleo', 'Ana', 'Bo'] as const) sockets[name] = await stage.enter(code, people[name])
  if (isAsking) {
    await stage.call('rooms/settings', { room_id: code, is_private: true, entry_mode: 'APPROVAL' }, host)
    await stage.call('rooms/join', { code }, people.Wes)
  }
  const post: World['post'] = async (name, by, body) =>
    (await stage.request('POST', routes[name].path, { body, token: people[by].token })).status
  return { stage, code, people, sockets, message: '', post }
}
