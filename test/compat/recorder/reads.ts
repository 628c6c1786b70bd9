import { type RouteName, routes } from '../../../protocol/routes.ts'
import type { Recorded } from '../recorded.ts'
import { named, type Play } from './play.ts'

type Asked = [route: RouteName, request: Record<string, string>, who: string | null]

const questions = ({ rooms }: Play): Asked[] => {
  const code = (room: string) => ({ code: named(rooms, room).code })
  const room_id = (room: string) => ({ room_id: named(rooms, room).code })
  return [
    ...['hana', 'ada', 'cleo', 'uma', 'bo'].map((who): Asked => ['auth/me', {}, who]),
    ...Object.keys(rooms).map((room): Asked => ['rooms/preview', code(room), null]),
    ['rooms/public', {}, null],
    ...['hana', 'bo', 'pia', 'vera'].map((who): Asked => ['rooms/mine', {}, who]),
    ['rooms/detail', code('film'), 'hana'],
    ['rooms/detail', code('film'), 'ana_2'],
    ['rooms/detail', code('vault'), 'vic'],
    ['rooms/detail', code('quiet'), 'gil'],
    ['rooms/detail', code('handed'), 'bo'],
    ['rooms/detail', code('club'), 'pia'],
    ['rooms/detail', code('solo'), 'cam'],
    ['rooms/participants', room_id('film'), 'hana'],
    ['rooms/participants', room_id('film'), 'bo'],
    ['rooms/participants', room_id('club'), 'hana'],
    ['rooms/participants', room_id('handed'), 'bo'],
    ['rooms/messages', room_id('film'), 'bo'],
    ['rooms/messages', room_id('solo'), 'cam'],
    ['rooms/messages', room_id('ended'), 'eve'],
  ]
}

/** What the items answer now, so that a later version can be asked the same. */
export const readBack = async (play: Play): Promise<Recorded['answers']['reads']> => {
  const reads: Recorded['answers']['reads'] = []
  for (const [route, request, who] of questions(play)) {
    const path = routes[route].path.replace(/\{(\w+)\}/g, (_, field) => request[field] ?? '')
    const token = who === null ? undefined : named(play.people, who).token
    const { status, body } = await play.stage.request('GET', `${path}/?${new URLSearchParams(request)}`, { token })
    reads.push({ route, request, who, status, answer: body })
  }
  return reads
}
