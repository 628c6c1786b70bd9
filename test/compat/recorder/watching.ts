import { setTimeout } from 'node:timers/promises'
import { createApi, joinRoom } from '../../../client/index.ts'
import { newConnectionId } from '../../../local/websocket/events.ts'
import type { ClientEvent } from '../../../protocol/client-events.ts'
import { openSocket, type RoomSocket } from '../../staging/socket.ts'
import { readItems } from '../tables.ts'
import { about, enters, guest, joins, named, type Play, room } from './play.ts'

type Command = Extract<ClientEvent, { type: 'PAUSE' | 'PLAY' | 'SEEK' }>

/** Three posts make a greeting: it lasts while the tables are read. */
const GREETED_SLOWLY_MS = 2_500

/** People come, talk, and go in every way there is; the host commands. */
export const watchFilm = async (play: Play): Promise<void> => {
  const { stage, people, rooms } = play
  const { code } = named(rooms, 'film')
  const hana = await enters(play, 'film', 'hana')
  const bo = await enters(play, 'film', 'bo')
  await stage.enter(code, named(people, 'bo'))
  const ana = await enters(play, 'film', 'ana')
  ana.send({ type: 'CHAT_MESSAGE', message: 'Hello!\nIs everybody comfortable?', ref: 'ana-1' })
  const { id } = await ana.next('CHAT_MESSAGE')
  bo.send({ type: 'CHAT_MESSAGE', message: 'Ça va 🎬 <b>' })
  await stage.settled()
  await command(hana, play, { type: 'PLAY', time: 42, ref: 'hana-1' })
  await command(hana, play, { type: 'SEEK', time: 61.2345 })
  await command(hana, play, { type: 'PAUSE', time: 62, ref: 'hana-2' })
  await stage.call('rooms/settings', { room_id: code, name: 'Film night, part 2' }, named(people, 'hana'))

  const mo = await enters(play, 'film', 'mo')
  mo.send({ type: 'CHAT_MESSAGE', message: 'not a word', ref: 'mo-1' })
  mo.send('{"type":"PLAY"')
  mo.send({ type: 'DANCE', ref: 'mo-2' })
  mo.send({ type: 'CHAT_MESSAGE', message: 'x'.repeat(9_000), ref: 'mo-3' })
  await mo.next('ERROR', ({ code: why }) => why === 'unknown_type')
  hana.send({ type: 'SEEK', time: 'soon', ref: 'hana-3' })
  bo.send({ type: 'PING', t0: 1234.5, ref: 'bo-1' })
  bo.send({ type: 'SYNC_REQUEST', ref: 'bo-2' })
  bo.send({ type: 'SYNC_REQUEST', after: id, ref: 'bo-3' })
  bo.send({ type: 'SYNC_REQUEST', after: id })
  await bo.next('CHAT_HISTORY', ({ ref }) => ref === 'bo-3')
  await stage.settled()
  await mo.close()
  await ana.close()
  await stage.settled()
}

const command = async (socket: RoomSocket, { stage }: Play, frame: Command) => {
  socket.send(frame)
  await socket.next(frame.type)
  await stage.settled()
}

/** Left, kicked, banned, signed out, and not greeted in time. */
export const sendAway = async (play: Play): Promise<void> => {
  const { stage, people, rooms } = play
  const { code } = named(rooms, 'film')
  const names = { lea: 'Lea', kit: 'Kit', ben: 'Ben', sid: 'Sid' }
  for (const [who, name] of Object.entries(names)) await guest(play, who, name)
  await joins(play, 'film', ...Object.keys(names))
  const sockets = [] as RoomSocket[]
  for (const who of Object.keys(names)) sockets.push(await enters(play, 'film', who))
  await stage.call('rooms/leave', { room_id: code }, named(people, 'lea'))
  await about(play, 'kick', 'film', 'kit')
  await about(play, 'ban', 'film', 'ben')
  const sid = named(people, 'sid')
  await stage.call('auth/logout', {}, sid)
  sockets.at(-1)?.send({ type: 'PING', t0: 1 })
  await Promise.all(sockets.map((socket) => socket.closed))
  for (const who of ['kit', 'ben']) await stage.refused('rooms/join', { code }, named(people, who))
  play.refused.sid = sid.token
}

/** A guest's own room, by the client library as a page uses it. */
export const usePage = async (play: Play): Promise<void> => {
  const { token } = await guest(play, 'cam', 'Cam')
  const code = await room(play, 'solo', 'cam', {})
  const session = await joinRoom({ api: createApi({ origin: play.stage.runtime.url, token }), code })
  const isOpen = () => session.store.get().connection.status === 'open'
  while (!isOpen()) await setTimeout(20)
  await session.say('Only me')
  for (const give of [
    () => session.play(10),
    () => session.seek(20),
    () => session.pause(30),
    () => session.play(40),
  ]) {
    give()
    while (session.store.get().intent !== null) await setTimeout(20)
  }
  session.close()
  await play.stage.settled()
}

/** The state in which the tables are read: the film runs, one person is about to be greeted and one is being greeted. */
export const leaveOpen = async (play: Play): Promise<void> => {
  const { stage, people, rooms, watched } = play
  const { code } = named(rooms, 'film')
  const hana = watched.find(({ who, room: where }) => who === 'hana' && where === 'film')?.socket
  hana?.send({ type: 'PLAY', time: 120 })
  await hana?.next('PLAY', ({ time }) => time === 120)
  await stage.settled()

  // What $connect writes; then welcome claims it within milliseconds, too soon to be read.
  const { recordSocket } = await import('../../../functions/table/sockets.ts')
  const uma = named(people, 'uma')
  const opening = { code, userId: uma.id, connectionId: newConnectionId() }
  await recordSocket(opening, uma.name, stage.services.clock())

  const open = new Set(stage.runtime.connections())
  stage.runtime.faults.delayPost = ({ connectionId }) => (open.has(connectionId) ? 0 : GREETED_SLOWLY_MS)
  const max = named(people, 'max')
  await openSocket(stage.runtime.roomUrl(code, max.token))
  const isGreeting = async () => JSON.stringify(await readItems(stage)).includes('"state":"greeting"')
  while (!(await isGreeting())) await setTimeout(20)
}
