import { account, enters, guest, joins, type Play, room } from './play.ts'

export const DAY_MS = 24 * 3600 * 1000
const HOUR_MS = 3600 * 1000

const sweep = async ({ stage }: Play) => {
  const found = stage.runtime.functions.find(({ logicalId }) => logicalId.startsWith('Sweep'))
  await stage.runtime.invoke(found?.logicalId ?? '')
}

/** A month before: a guest who is forgotten by now, a room that is swept, and one to which nobody came since. */
export const monthBefore = async (play: Play): Promise<void> => {
  const ida = await guest(play, 'ida', 'Ida')
  const code = await room(play, 'swept', 'ida', {})
  await play.stage.call('rooms/delete', { room_id: code }, ida)
  await sweep(play)
  await room(play, 'idle', 'ida', { name: 'Long ago' })
  play.refused.ida = ida.token
}

/** Three hours before: somebody went without a word from a room that plays. */
export const hoursBefore = async (play: Play, instant: number): Promise<void> => {
  play.clock.jumpTo(instant - 3 * HOUR_MS)
  await account(play, 'hana', 'Hana', 'Hana@Example.com')
  await guest(play, 'dora', 'Dora')
  const media = { url: 'https://media.example/long.mp4', title: null, duration: 7200 }
  await room(play, 'dozing', 'dora', { name: 'Dozing', media })
  await guest(play, 'dirk', 'Dirk')
  await joins(play, 'dozing', 'dirk')
  const socket = await enters(play, 'dozing', 'dora')
  socket.send({ type: 'PLAY', time: 100 })
  await socket.next('PLAY')
  await play.stage.settled()
  play.stage.runtime.faults.dropDisconnect = true
  await socket.close()
  while (play.stage.runtime.connections().length > 0) await play.stage.settled()
  play.stage.runtime.faults.reset()
}
