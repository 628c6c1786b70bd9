import { describe, expect, test } from 'vitest'
import { type Member, waitingAmong } from '../../client/room/members.ts'
import { createWorld, enter } from './simulated/people.ts'

const member = (id: string, status: Member['status'] = 'APPROVED', status_at = 0): Member => ({
  id,
  display_name: id,
  status,
  is_host: id === 'host',
  is_guest: false,
  online: true,
  muted_until: null,
  status_at,
})

/** A host in a room whose members are `pages`, one answer each. */
const arrive = async (...pages: Member[][]) => {
  const world = createWorld()
  const { room, time } = world
  let status = 200
  let refusal = {}
  room.instead = ({ path }) => {
    if (!path.startsWith('/api/rooms/participants')) return undefined
    if (status !== 200) return { status, body: refusal }
    const page = Number(new URL(path, 'http://room').searchParams.get('cursor') ?? 0)
    return { status, body: { participants: pages[page], next: page + 1 < pages.length ? String(page + 1) : null } }
  }
  const { session } = enter(world, { name: 'host' })
  await time.pass(1_000)
  const asked = () => room.calls.filter(({ path }) => path.startsWith('/api/rooms/participants')).length
  const knock = (user: string) => room.tell({ type: 'JOIN_REQUESTED', user, user_id: user })
  const shown = () => session.store.get().members.map(({ id }) => id)
  const answerWith = (next: number, retry_after?: number, code?: string) => {
    status = next
    refusal = { code, retry_after }
  }
  return { time, room, session, asked, knock, shown, answerWith, pages }
}

test('nobody watches: nobody asks', async () => {
  const { time, asked, knock, session, shown } = await arrive([member('host')])
  knock('ana')
  session.refreshMembers()
  await time.pass(5_000)
  expect([asked(), shown()]).toEqual([0, []])
})

test('two watchers share one reading, and a burst of news is one more', async () => {
  const { time, asked, knock, session, shown, pages } = await arrive([member('host')])
  session.watchMembers()
  session.watchMembers()
  await time.pass(1_000)
  expect([asked(), shown()]).toEqual([1, ['host']])
  pages[0]?.push(member('ana', 'PENDING'), member('bo', 'PENDING'))
  knock('ana')
  knock('bo')
  await time.pass(1_000)
  expect([asked(), shown()]).toEqual([2, ['host', 'ana', 'bo']])
  session.refreshMembers()
  await time.pass(1_000)
  expect(asked()).toBe(3)
})

test('every page is read before any is shown', async () => {
  const { time, session, shown, asked } = await arrive([member('host')], [member('ana')], [member('bo')])
  const lengths = new Set<number>()
  session.store.subscribe(() => lengths.add(shown().length))
  session.watchMembers()
  await time.pass(2_000)
  expect([asked(), [...lengths]]).toEqual([3, [3]])
})

test('the last watcher who goes takes the list along, and an answer on its way is dropped', async () => {
  const { time, session, shown, asked, knock } = await arrive([member('host')])
  const stop = session.watchMembers()
  const stopOther = session.watchMembers()
  await time.pass(1_000)
  stop()
  stop()
  expect(shown()).toEqual(['host'])
  knock('ana')
  await time.pass(270)
  stopOther()
  const before = asked()
  await time.pass(5_000)
  knock('bo')
  await time.pass(5_000)
  expect([asked(), shown()]).toEqual([before, []])
})

describe('a reading that fails', () => {
  test('leaves the list as it was', async () => {
    const { time, session, shown, answerWith, knock } = await arrive([member('host')])
    session.watchMembers()
    await time.pass(1_000)
    answerWith(503)
    knock('ana')
    await time.pass(1_000)
    expect(shown()).toEqual(['host'])
  })

  test('[R15] is tried again, also where no news comes: who waits is shown after some seconds', async () => {
    const { time, session, shown, asked, answerWith, knock, pages } = await arrive([member('host')])
    session.watchMembers()
    await time.pass(1_000)
    pages[0]?.push(member('ana', 'PENDING'))
    answerWith(429)
    knock('ana')
    await time.pass(1_000)
    answerWith(200)
    // Who waits asks again every few seconds, which is no news.
    for (let count = 0; count < 4; count += 1) {
      knock('ana')
      await time.pass(2_000)
    }
    expect([shown(), asked()]).toEqual([['host', 'ana'], 3])
    await time.pass(30_000)
    expect(asked()).toBe(3)
  })

  test('is tried again no sooner than the server asks for', async () => {
    const { time, session, shown, asked, answerWith, knock } = await arrive([member('host'), member('ana', 'PENDING')])
    answerWith(503, 20)
    session.watchMembers()
    await time.pass(2_000)
    // Also where there is news.
    knock('ana')
    await time.pass(16_000)
    answerWith(200)
    expect([shown(), asked()]).toEqual([[], 1])
    await time.pass(3_000)
    expect([shown(), asked()]).toEqual([['host', 'ana'], 2])
  })

  test('is tried again within a minute, however long something on the way asks to wait', async () => {
    const { time, session, shown, answerWith } = await arrive([member('host')])
    answerWith(503, 3_600)
    session.watchMembers()
    await time.pass(1_000)
    answerWith(200)
    await time.pass(60_000)
    expect(shown()).toEqual(['host'])
  })

  test('by an answer that is none of the server is tried again', async () => {
    const { time, room, session, shown } = await arrive([member('host')])
    const { instead } = room
    room.instead = ({ path }) => (path.startsWith('/api/rooms/participants') ? { status: 200, body: {} } : undefined)
    const thrown: unknown[] = []
    const note = (error: unknown) => void thrown.push(error)
    process.on('unhandledRejection', note)
    session.watchMembers()
    await time.pass(1_000)
    room.instead = instead
    await time.pass(10_000)
    process.off('unhandledRejection', note)
    expect([shown(), thrown.length]).toEqual([['host'], 1])
  })

  test('because the token was of before is done after the next greeting', async () => {
    const { time, room, session, answerWith, knock, pages } = await arrive([member('host')])
    room.tell({ type: 'JOIN_REQUESTED', user: 'ana', user_id: 'ana', revision: 1 })
    room.tell({ type: 'JOIN_RESOLVED', user: 'ana', user_id: 'ana', status: 'LEFT', revision: 2 })
    await time.pass(1_000)
    pages[0]?.push(member('ana', 'PENDING'))
    answerWith(401, undefined, 'unauthorized')
    knock('ana')
    await time.pass(1_000)
    answerWith(200)
    for (const socket of room.sockets) socket.close()
    await time.pass(10_000)
    expect(session.store.get().requests.map(({ user_id }) => user_id)).toEqual(['ana'])
  })

  test('is not tried again where the server itself refuses, where nobody watches any more, or after the end', async () => {
    const refused = await arrive([member('host')])
    refused.answerWith(403, undefined, 'not_a_member')
    refused.session.watchMembers()
    await refused.time.pass(30_000)
    expect(refused.asked()).toBe(1)
    const unwatched = await arrive([member('host')])
    unwatched.answerWith(503)
    const stop = unwatched.session.watchMembers()
    await unwatched.time.pass(1_000)
    stop()
    await unwatched.time.pass(30_000)
    expect(unwatched.asked()).toBe(1)
    const closed = await arrive([member('host')])
    closed.answerWith(503)
    closed.session.watchMembers()
    await closed.time.pass(290)
    closed.session.close()
    await closed.time.pass(30_000)
    expect(closed.asked()).toBe(1)
  })
})

test('[R15] the list comes although news comes faster than it can be read', async () => {
  const pages = Array.from({ length: 15 }, (_, page) => [member(`m${page}`)])
  const { time, session, shown, knock, asked } = await arrive(...pages)
  session.watchMembers()
  for (let count = 0; count < 40; count += 1) {
    knock(`p${count}`)
    await time.pass(200)
  }
  expect(shown()).toHaveLength(15)
  // One at a time: no more was asked than fits into that while.
  const before = asked()
  await time.pass(30_000)
  expect(asked() - before).toBeLessThanOrEqual(3 * pages.length)
})

test('an answer that is older than what was heard since brings nobody back to the door', async () => {
  const { time, session, room, knock, pages } = await arrive([member('host'), member('bo', 'PENDING')])
  const waiting = () => session.store.get().requests.map(({ user_id }) => user_id)
  const seen: string[] = []
  knock('bo')
  const answer = room.instead
  room.instead = (call) => {
    const answered = structuredClone(answer?.(call))
    if (answered !== undefined && pages[0]?.length === 2) {
      pages[0].pop()
      room.tell({ type: 'JOIN_RESOLVED', user: 'bo', user_id: 'bo', status: 'APPROVED' })
      session.store.subscribe(() => seen.push(waiting().join()))
    }
    return answered
  }
  await time.pass(90_000)
  expect(seen).toContain('')
  expect(new Set(seen.slice(seen.indexOf('')))).toEqual(new Set(['']))
})

test('[R20] who waits anew, and of whose new wish no word came, is found by their next question, and nobody else is', async () => {
  const { time, room, session, knock, pages, asked } = await arrive([member('host')])
  const waiting = () => session.store.get().requests.map(({ user_id }) => user_id)
  room.tell({ type: 'JOIN_REQUESTED', user: 'ana', user_id: 'ana', revision: 1 })
  room.tell({ type: 'JOIN_RESOLVED', user: 'ana', user_id: 'ana', status: 'LEFT', revision: 2 })
  await time.pass(1_000)
  // A question from before the answer.
  knock('ana')
  await time.pass(1_000)
  expect([waiting(), asked()]).toEqual([[], 1])
  pages[0]?.push(member('ana', 'PENDING'))
  knock('ana')
  await time.pass(1_000)
  expect(waiting()).toEqual(['ana'])
  knock('ana')
  await time.pass(1_000)
  expect(asked()).toBe(2)
})

test.each([200, 503])(
  '[R15] who waits is found also where the list is put away before the answer to it comes: %i',
  async (first) => {
    const { time, room, session, knock, pages, answerWith } = await arrive([member('host')])
    room.tell({ type: 'JOIN_REQUESTED', user: 'ana', user_id: 'ana', revision: 1 })
    room.tell({ type: 'JOIN_RESOLVED', user: 'ana', user_id: 'ana', status: 'LEFT', revision: 2 })
    const stop = session.watchMembers()
    await time.pass(1_000)
    pages[0]?.push(member('ana', 'PENDING'))
    answerWith(first)
    knock('ana')
    await time.pass(first === 200 ? 100 : 1_000)
    stop()
    answerWith(200)
    await time.pass(10_000)
    expect(session.store.get().requests.map(({ user_id }) => user_id)).toEqual(['ana'])
    expect(session.store.get().members).toEqual([])
  },
)

test('a closed session asks no more', async () => {
  const { time, session, asked, knock } = await arrive([member('host')])
  session.watchMembers()
  knock('ana')
  await time.pass(100)
  session.close()
  await time.pass(5_000)
  session.refreshMembers()
  await time.pass(5_000)
  expect(asked()).toBe(0)
})

test('people wait in the order in which they asked', () => {
  const members = [
    member('bo', 'PENDING', 30),
    member('host'),
    member('ana', 'PENDING', 20),
    member('cy', 'BANNED', 10),
  ]
  expect(waitingAmong(members).map(({ id }) => id)).toEqual(['ana', 'bo'])
})

describe('[R32] somebody who asks no more', () => {
  const waiting = ({ session }: Awaited<ReturnType<typeof arrive>>) =>
    session.store.get().requests.map(({ user_id }) => user_id)

  test('is asked for after a good minute, and goes once the server says so', async () => {
    const door = await arrive([member('host')])
    door.knock('ana')
    await door.time.pass(60_000)
    expect([waiting(door), door.asked()]).toEqual([['ana'], 0])
    await door.time.pass(25_000)
    expect([waiting(door), door.asked()]).toEqual([[], 1])
    await door.time.pass(300_000)
    expect(door.asked()).toBe(1)
  })

  test('stays while they go on asking, and nobody reads anything', async () => {
    const door = await arrive([member('host')])
    for (let count = 0; count < 60; count += 1) {
      door.knock('ana')
      await door.time.pass(4_500)
    }
    expect([waiting(door), door.asked()]).toEqual([['ana'], 0])
  })

  test('stays where the server still knows them as waiting, as one of the version before does', async () => {
    const door = await arrive([member('host'), member('ana', 'PENDING')])
    door.knock('ana')
    await door.time.pass(160_000)
    expect([waiting(door), door.asked()]).toEqual([['ana'], 2])
  })

  test('stays while the server does not answer, and goes with its answer', async () => {
    const door = await arrive([member('host')])
    door.knock('ana')
    door.answerWith(503)
    await door.time.pass(100_000)
    expect(waiting(door)).toEqual(['ana'])
    door.answerWith(200)
    await door.time.pass(12_000)
    expect(waiting(door)).toEqual([])
  })

  test('of whom only a reading told goes as well', async () => {
    const door = await arrive([member('host'), member('ana', 'PENDING')])
    const stop = door.session.watchMembers()
    await door.time.pass(1_000)
    expect(waiting(door)).toEqual(['ana'])
    door.pages[0]?.pop()
    await door.time.pass(85_000)
    expect([waiting(door), door.shown()]).toEqual([[], ['host']])
    stop()
  })
})
