import { about, enters, guest, joins, named, type Play, room } from './play.ts'

const film = { url: 'https://media.example/film.mp4', title: 'A film', duration: 5400 }

const guests = async (play: Play, names: Record<string, string>): Promise<void> => {
  for (const [who, name] of Object.entries(names)) await guest(play, who, name)
}

/** The public room in which most happens. */
export const openFilm = async (play: Play): Promise<void> => {
  await room(play, 'film', 'hana', { name: 'Film night', media: film })
  await guests(play, { bo: 'Bo', ana: 'Ana', ana_2: 'Ana', mo: 'Mo', max: 'Max', ulf: 'Ulf' })
  await joins(play, 'film', 'bo', 'ana', 'ana_2', 'mo', 'max', 'ulf')
  await about(play, 'mute', 'film', 'mo', { seconds: 3600 })
  await about(play, 'mute', 'film', 'max', { seconds: 3600 })
  await about(play, 'unmute', 'film', 'max')
  await about(play, 'ban', 'film', 'ulf')
  await about(play, 'unban', 'film', 'ulf')
}

/** Rooms with a password, with waiting people, with chat off and no guests, with another host. */
export const openOthers = async (play: Play): Promise<void> => {
  const { stage, people, rooms } = play
  const hana = named(people, 'hana')
  const live = { url: 'https://media.example/live.m3u8', title: 'Live', duration: null }
  await room(play, 'vault', 'hana', { is_private: true, entry_mode: 'PASSWORD', media: live })
  await guests(play, { vic: 'Vic', gil: 'Gil', pia: 'Pia', rex: 'Rex', wes: 'Wes', vera: 'Vera' })
  await joins(play, 'vault', 'vic')
  await stage.refused('rooms/join', { code: named(rooms, 'vault').code, password: 'WRONG' }, named(people, 'gil'))

  await room(play, 'club', 'hana', { is_private: true, entry_mode: 'APPROVAL', name: 'Club' })
  await enters(play, 'club', 'hana')
  await joins(play, 'club', 'pia', 'rex', 'wes', 'vera')
  await about(play, 'approve', 'club', 'vera')
  await about(play, 'reject', 'club', 'rex')
  await stage.call('rooms/leave', { room_id: named(rooms, 'club').code }, named(people, 'wes'))
  await stage.refused('rooms/join', { code: named(rooms, 'club').code }, named(people, 'rex'))

  const quiet = await room(play, 'quiet', 'hana', { name: 'Quiet', is_chat_enabled: false })
  await joins(play, 'quiet', 'gil', 'ada')
  const heard = await enters(play, 'quiet', 'gil')
  await stage.call('rooms/settings', { room_id: quiet, guests_allowed: false, media: film }, hana)
  heard.send({ type: 'CHAT_MESSAGE', message: 'anybody?', ref: 'quiet-1' })
  await heard.next('ERROR')
  await stage.refused('rooms/join', { code: quiet }, named(people, 'vic'))

  await room(play, 'handed', 'hana', { name: 'Handed over' })
  await joins(play, 'handed', 'bo', 'max')
  await enters(play, 'handed', 'max')
  await about(play, 'transfer', 'handed', 'bo')
  const taken = { room_id: named(rooms, 'handed').code, accept: true }
  await stage.call('rooms/accept-transfer', taken, named(people, 'bo'))
  await stage.refused('rooms/delete', { room_id: named(rooms, 'handed').code }, hana)
}

/** A room that was deleted while somebody wrote too much, and waits for the sweep. */
export const endRoom = async (play: Play): Promise<void> => {
  const { stage, people } = play
  const code = await room(play, 'ended', 'hana', { name: 'Ended' })
  await guests(play, { eve: 'Eve' })
  await joins(play, 'ended', 'eve')
  const socket = await enters(play, 'ended', 'eve')
  for (let message = 1; message <= 11; message += 1) socket.send({ type: 'CHAT_MESSAGE', message: `${message}` })
  await socket.next('ERROR')
  await stage.settled()
  await stage.call('rooms/delete', { room_id: code }, named(people, 'hana'))
  await socket.next('ROOM_DELETED')
  await socket.closed
  await stage.refused('rooms/detail', { code }, named(people, 'eve'))
}
