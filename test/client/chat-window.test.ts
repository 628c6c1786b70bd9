import { expect, test } from 'vitest'
import type { Api } from '../../client/api/api.ts'
import type { RoomSession } from '../../client/room/session.ts'
import type { ServerEvent } from '../../protocol/server-events.ts'
import { apiOf, createWorld, enter, type World } from './simulated/people.ts'
import { CODE } from './simulated/room-server.ts'
import { createRandom } from './simulated/seeded-random.ts'

/** Somebody scrolls up and down in a long chat while others write, remove and clear, and the line is lost and loses frames. */

const LOSABLE: ReadonlySet<ServerEvent['type']> = new Set(['CHAT_MESSAGE', 'MESSAGE_REMOVED', 'ROOM_UPDATED'])
const ACTS = 40

/** Everything that the room's chat has, oldest first. */
const wholeChat = async ({ time }: World, host: Api): Promise<string[]> => {
  const found: string[] = []
  let before: string | null | undefined
  while (before !== null) {
    const asked = host.call('rooms/messages', { room_id: CODE, ...(before === undefined ? {} : { before }) })
    const [page] = await Promise.all([asked, time.pass(100)])
    found.unshift(...page.messages.map(({ message }) => message))
    before = page.next
  }
  return found
}

const live = async (seed: number) => {
  const world = createWorld(seed)
  const { room, time } = world
  const random = createRandom(1_000 + seed)
  const host = apiOf(world, 'host')
  let said = 0
  const say = (count: number) => {
    for (let n = 0; n < count; n += 1) room.say('host', `${said++}`)
  }
  say(200)
  const { session, device } = enter(world, { name: 'ana', link: { roundTrip: 200, jitter: 0.8 } })
  await time.pass(2_000)
  // The window is full, or nearly so.
  say(1_900 + Math.floor(random() * 400))
  await time.pass(2_000)

  let share = 0
  room.mutes = ({ type }) => LOSABLE.has(type) && random() < share
  const held = (at: number) => session.store.get().messages.at(at)?.id
  const among = () => room.messages[Math.floor(room.messages.length * random())]?.id
  const remove = (id: string | undefined) =>
    id === undefined ? undefined : host.call('rooms/remove-message', { room_id: CODE, message_id: id })
  const acts: ((session: RoomSession) => unknown)[] = [
    ...[() => say(1), () => say(1), () => say(60), () => say(300)],
    ...[() => session.readOlder(), () => session.readNewer(), () => session.readNewest()],
    () => Promise.all([session.readOlder(), session.readOlder()]),
    async () => {
      for (let page = 0; page < 30; page += 1) await session.readOlder()
    },
    ...[() => remove(among()), () => remove(held(0)), () => remove(held(-1))],
    () => random() < 0.4 && host.call('rooms/clear-chat', { room_id: CODE, until: among() }),
    () => session.say(`${said++}`),
    () => {
      for (const socket of [...room.sockets]) {
        socket.close()
        socket.received({ type: 'close' })
      }
    },
    () => device.setOffline(true),
    ...[() => device.setOffline(false), () => device.setOffline(false)],
    () => {
      share = 0.3
    },
    () => {
      share = 0
    },
  ]
  for (let n = 0; n < ACTS; n += 1) {
    const act = acts[Math.floor(random() * acts.length)]
    Promise.resolve(act?.(session)).catch(() => undefined)
    const pause = random()
    await time.pass(random() * (pause < 0.5 ? 150 : pause < 0.8 ? 3_000 : 40_000))
  }
  share = 0
  device.setOffline(false)
  device.announceOnline()
  await time.pass(200_000)
  const shownThere = session.store.get().messages.map(({ message }) => message)
  const chatThen = await wholeChat(world, host)
  for (let isMore = true; isMore; ) [isMore] = await Promise.all([session.readNewer(), time.pass(600)])
  await time.pass(65_000)
  const shown = session.store.get().messages.map(({ message }) => message)
  return { shownThere, chatThen, shown, chat: await wholeChat(world, host) }
}

test.each([1, 2, 3, 4, 5, 6])(
  'whatever happened, the chat is and ends as the room has it, without a hole: seed %i',
  async (seed) => {
    const { shownThere, chatThen, shown, chat } = await live(seed)
    // Also where somebody has scrolled back and reads what is not the end.
    const [first = ''] = shownThere
    expect(shownThere).toEqual(chatThen.slice(chatThen.indexOf(first)).slice(0, shownThere.length))
    expect(shown).toEqual(shown.length === 0 ? chat : chat.slice(-shown.length))
  },
)
