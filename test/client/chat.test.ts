import { describe, expect, test } from 'vitest'
import type { ServerEvent } from '../../protocol/server-events.ts'
import { apiOf, createWorld, enter, type World } from './simulated/people.ts'
import { CODE } from './simulated/room-server.ts'

const cut = ({ room }: World, name = 'ana') => {
  for (const socket of [...room.sockets].filter(({ token }) => token === name)) {
    socket.close()
    socket.received({ type: 'close' })
  }
}

const together = async () => {
  const world = createWorld()
  const host = enter(world, { name: 'host' })
  const ana = enter(world, { name: 'ana' })
  await world.time.pass(3_000)
  const texts = () => ana.session.store.get().messages.map(({ message }) => message)
  return { ...world, world, host, ana, texts }
}

/** What becomes of a message that ana says. */
const saying = (ana: Awaited<ReturnType<typeof together>>['ana'], message: string) => {
  const outcome = { is: 'waiting' }
  ana.session.say(message).then(
    () => {
      outcome.is = 'said'
    },
    ({ code }) => {
      outcome.is = code
    },
  )
  return outcome
}

describe('16a a message', () => {
  test('that the room took before the line was lost is said once, and not reported as failed', async () => {
    const { world, time, room, ana, texts } = await together()
    room.mutes = (event, { token }) => event.type === 'CHAT_MESSAGE' && token === 'ana'
    const outcome = saying(ana, 'Hello')
    await time.pass(100)
    room.mutes = () => false
    cut(world)
    await time.pass(15_000)
    expect([outcome.is, texts(), room.messages.length]).toEqual(['said', ['Hello'], 1])
  })

  test('that was lost with the line is sent again over the next one', async () => {
    const { world, time, room, ana, texts } = await together()
    room.loses = ({ type }) => type === 'CHAT_MESSAGE'
    const outcome = saying(ana, 'Hello')
    await time.pass(100)
    room.loses = () => false
    cut(world)
    await time.pass(2_000)
    expect([outcome.is, texts()]).toEqual(['said', ['Hello']])
  })

  test('on a line that died without a word waits for the next one, however long that takes', async () => {
    const { time, room, ana } = await together()
    ana.device.setOffline(true)
    const outcome = saying(ana, 'Hello')
    await time.pass(8_000)
    expect(ana.session.store.get().connection.status).not.toBe('open')
    await time.pass(60_000)
    expect(outcome.is).toBe('waiting')
    ana.device.setOffline(false)
    ana.device.announceOnline()
    await time.pass(2_000)
    expect([outcome.is, room.messages.length]).toEqual(['said', 1])
  })

  test('whose echo alone is lost is asked for, and resolves while it stands in the list', async () => {
    const { time, room, ana, texts } = await together()
    room.mutes = (event, { token }) => event.type === 'CHAT_MESSAGE' && token === 'ana'
    const outcome = saying(ana, 'Hello')
    await time.pass(4_000)
    expect([outcome.is, texts(), room.messages.length]).toEqual(['said', ['Hello'], 1])
  })

  test('that a fault answered is sent again, and rejects with the fault where that goes on', async () => {
    const { time, room, ana } = await together()
    let faults = 1
    room.loses = (frame) => {
      if (frame.type !== 'CHAT_MESSAGE' || faults === 0 || !('ref' in frame)) return false
      faults -= 1
      for (const socket of room.sockets) socket.send({ type: 'ERROR', code: 'fault', message: '', ref: frame.ref })
      return true
    }
    const once = saying(ana, 'Hello')
    await time.pass(4_000)
    expect(once.is).toBe('said')
    faults = 3
    const always = saying(ana, 'Hello again')
    await time.pass(10_000)
    expect(always.is).toBe('fault')
  })

  test('that is larger than any frame is refused before it is sent: the gateway would end the line each time', async () => {
    const { time, ana } = await together()
    const outcomes = ['x'.repeat(40_000), '\u0001'.repeat(8_000)].map((text) => saying(ana, text))
    await time.pass(10)
    expect(outcomes).toEqual([{ is: 'too_large' }, { is: 'too_large' }])
    expect(ana.device.sent.filter(({ type }) => type === 'CHAT_MESSAGE')).toEqual([])
  })

  test('whose connection ends for good rejects', async () => {
    const { time, room, ana } = await together()
    room.loses = ({ type }) => type === 'CHAT_MESSAGE'
    const outcome = saying(ana, 'Hello')
    await time.pass(100)
    ana.session.close()
    await time.pass(10)
    expect(outcome.is).toBe('unreachable')
  })
})

describe('16b a gap', () => {
  const missing = async () => {
    const all = await together()
    const { world, room, time } = all
    room.say('host', 'before')
    await time.pass(500)
    cut(world)
    for (let n = 0; n < 100; n += 1) room.say('host', `${n}`)
    return all
  }

  test('whose messages were lost with the next line is asked for again, and closed', async () => {
    const { world, room, time, texts } = await missing()
    room.mutes = () => false
    const { sockets } = room
    // The line is lost right behind the state that answers the request.
    room.loses = (frame) => {
      if (frame.type !== 'SYNC_REQUEST' || !('ref' in frame)) return false
      for (const socket of [...sockets].filter(({ token }) => token === 'ana'))
        socket.send({ type: 'PLAYBACK_STATE', ...room.playback, media: null, ref: frame.ref })
      cut(world)
      room.loses = () => false
      return true
    }
    await time.pass(10_000)
    expect(texts()).toHaveLength(101)
  })

  test('whose pages cannot be read is read from there on at the next greeting', async () => {
    const { world, room, time, texts } = await missing()
    for (let n = 100; n < 400; n += 1) room.say('host', `${n}`)
    let pages = 0
    room.instead = ({ path }) => {
      if (!path.includes('messages')) return undefined
      pages += 1
      return pages > 2 ? { status: 503, body: {} } : undefined
    }
    await time.pass(5_000)
    expect(texts().length).toBeLessThan(401)
    room.instead = undefined
    cut(world)
    await time.pass(5_000)
    expect(texts()).toEqual(['before', ...Array.from({ length: 400 }, (_, n) => `${n}`)])
  })

  test('longer than the window is closed piece by piece, and no longer asked for then', async () => {
    const { room, ana, time, texts } = await missing()
    for (let n = 100; n < 4_500; n += 1) room.say('host', `${n}`)
    await time.pass(4 * 60_000)
    expect(texts()).toEqual(Array.from({ length: 2_000 }, (_, n) => `${2_500 + n}`))
    const asked = () => room.calls.filter(({ path }) => path.includes('messages')).length
    const before = asked()
    await time.pass(5 * 60_000)
    expect(asked()).toBe(before)
    expect(ana.session.store.get().newerUntil).toBeNull()
  })

  test('that is closed is not asked for again', async () => {
    const { world, ana, time, texts } = await missing()
    await time.pass(5_000)
    expect(texts()).toHaveLength(101)
    const asked = () => ana.device.sent.filter(({ type }) => type === 'SYNC_REQUEST').length
    const before = asked()
    cut(world)
    await time.pass(5_000)
    expect(asked()).toBe(before)
  })
})

describe('16c beyond two thousand messages', () => {
  const scrolledBack = async () => {
    const world = createWorld()
    for (let n = 0; n < 2_200; n += 1) world.room.say('host', `${n}`)
    const ana = enter(world, { name: 'ana' })
    const { session } = ana
    await world.time.pass(1_000)
    const settle = async <T>(work: Promise<T>) => {
      await world.time.pass(200)
      return work
    }
    let pages = 0
    while ((await settle(session.readOlder())) && pages < 60) pages += 1
    const shown = () => session.store.get().messages.map(({ message }) => Number(message))
    return { world: { ...world, ana }, session, settle, shown, pages }
  }
  const from = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, n) => first + n)
  /** A reading whose answer is on its way for a second. */
  const late = <T>({ ana, time }: Awaited<ReturnType<typeof scrolledBack>>['world'], read: () => T): T => {
    const { runtime } = ana.device
    const { fetch } = runtime
    runtime.fetch = async (...asked) => {
      const answer = await fetch(...asked)
      await new Promise<void>((resolve) => time.after(1_000, resolve))
      return answer
    }
    const reading = read()
    runtime.fetch = fetch
    return reading
  }

  test('scrolling back comes to the first one, and lets the newest go', async () => {
    const { shown, pages, session } = await scrolledBack()
    expect(pages).toBeLessThan(50)
    expect(shown()).toEqual(from(0, 1_999))
    expect(session.store.get().newerUntil).not.toBeNull()
  })

  test('what is said meanwhile makes no gap, and reading forward ends with it', async () => {
    const { world, session, settle, shown } = await scrolledBack()
    world.room.say('host', '2200')
    await world.time.pass(200)
    expect(shown()).toEqual(from(0, 1_999))
    let pages = 0
    while ((await settle(session.readNewer())) && pages < 60) pages += 1
    expect(shown()).toEqual(from(201, 2_200))
    world.room.say('host', '2201')
    await world.time.pass(200)
    expect(shown().at(-1)).toBe(2_201)
    expect(await settle(session.readNewer())).toBe(false)
  })

  test('a jump leads to the newest page, and from there on everything is heard', async () => {
    const { world, session, settle, shown } = await scrolledBack()
    await settle(session.readNewest())
    world.room.say('host', '2200')
    await world.time.pass(200)
    expect(shown()).toEqual(from(2_150, 2_200))
    expect(session.store.get().newerUntil).toBeNull()
  })

  test('a message said while the newest page is on its way is not lost', async () => {
    const { world, session, shown } = await scrolledBack()
    const jump = session.readNewest()
    // The answer has been written, and has not arrived.
    await world.time.pass(60)
    world.room.say('host', '2200')
    await world.time.pass(500)
    await jump
    await Promise.all([session.readNewer(), world.time.pass(500)])
    expect(shown().at(-1)).toBe(2_200)
    expect(session.store.get().newerUntil).toBeNull()
  })

  describe.each([
    ['was removed', () => false],
    ['was removed without this page hearing of it', (event: ServerEvent) => event.type === 'MESSAGE_REMOVED'],
  ])('[C5] where the newest message %s', (_title, mutes) => {
    const withoutNewest = async () => {
      const back = await scrolledBack()
      const { room } = back.world
      room.mutes = mutes
      const message_id = room.messages.at(-1)?.id ?? ''
      await back.settle(apiOf(back.world, 'host').call('rooms/remove-message', { room_id: CODE, message_id }))
      return back
    }

    test('a jump leads to the newest page, and what is said then is heard', async () => {
      const { world, session, settle, shown } = await withoutNewest()
      await settle(session.readNewest())
      expect(session.store.get().newerUntil).toBeNull()
      world.room.say('host', '2200')
      await world.time.pass(200)
      expect(shown()).toEqual([...from(2_149, 2_198), 2_200])
    })

    test('reading forward ends with the last page', async () => {
      const { session, settle, shown } = await withoutNewest()
      let pages = 0
      do pages += 1
      while ((await settle(session.readNewer())) && pages < 60)
      expect([pages, shown().at(-1)]).toEqual([4, 2_198])
    })

    test.each([0, 3, 4])(
      'what is said while page %i is on its way, with a jump in place of the first, is not lost',
      async (page) => {
        const { world, session, settle, shown } = await withoutNewest()
        for (let read = 0; read < page; read += 1) await settle(session.readNewer())
        const reading = late<Promise<unknown>>(world, page === 0 ? session.readNewest : session.readNewer)
        await world.time.pass(500)
        world.room.say('host', '2200')
        await world.time.pass(1_000)
        await reading
        await settle(session.readNewer())
        expect([shown().slice(-2), session.store.get().newerUntil]).toEqual([[2_198, 2_200], null])
      },
    )
  })

  test('[C6] where all that is held was cleared, reading forward leads to the newest page, which is not the beginning', async () => {
    const { world, session, settle, shown } = await scrolledBack()
    const { room } = world
    const until = room.messages.find(({ message }) => message === '1999')?.id ?? ''
    await settle(apiOf(world, 'host').call('rooms/clear-chat', { room_id: CODE, until }))
    expect(shown()).toEqual([])
    expect(await settle(session.readNewer())).toBe(false)
    expect(session.store.get()).toMatchObject({ newerUntil: null, isFromBeginning: false })
    expect(shown()).toEqual(from(2_150, 2_199))
  })

  test('what is said while an older page is on its way leaves no hole between that page and the rest', async () => {
    const world = createWorld()
    for (let n = 0; n < 60; n += 1) world.room.say('host', `${n}`)
    const { session } = enter(world, { name: 'ana' })
    await world.time.pass(1_000)
    for (let n = 60; n < 2_100; n += 1) world.room.say('host', `${n}`)
    await world.time.pass(1_000)
    const reading = session.readOlder()
    world.room.say('host', '2100')
    await world.time.pass(500)
    expect(await reading).toBe(true)
    const shown = session.store.get().messages.map(({ message }) => Number(message))
    expect(shown).toEqual(from(50, 2_049))
  })

  test('a page that comes after a jump does not stand before what it does not reach', async () => {
    const { world, session, settle, shown } = await scrolledBack()
    await settle(session.readNewer())
    const older = late(world, session.readOlder)
    await settle(session.readNewest())
    await world.time.pass(2_000)
    expect(await older).toBe(true)
    expect(shown()).toEqual(from(2_150, 2_199))
    expect(await settle(session.readOlder())).toBe(true)
    expect(shown()).toEqual(from(2_100, 2_199))
  })

  test('what is told late, from before all that a greeting has shown, leaves no hole: it comes when somebody scrolls back', async () => {
    const world = createWorld()
    const { room, time } = world
    for (let n = 0; n < 120; n += 1) room.say('host', `${n}`)
    const { session } = enter(world, { name: 'ana' })
    await time.pass(1_000)
    const shown = () => session.store.get().messages.map(({ message }) => Number(message))
    const [late] = room.messages.filter(({ message }) => message === '10')
    if (late !== undefined) room.tell({ ...late, type: 'CHAT_MESSAGE' })
    await time.pass(1_000)
    expect(shown()).toEqual(from(70, 119))
    for (let isMore = true; isMore; ) [isMore] = await Promise.all([session.readOlder(), time.pass(150)])
    expect(shown()).toEqual(from(0, 119))
  })

  test('what is told late in a chat that is held from its beginning takes its place', async () => {
    const world = createWorld()
    const { room, time } = world
    room.mutes = (event) => event.type === 'CHAT_MESSAGE'
    const { session } = enter(world, { name: 'ana' })
    await time.pass(1_000)
    for (let n = 0; n < 3; n += 1) room.say('host', `${n}`)
    room.mutes = () => false
    for (const said of room.messages.toReversed()) room.tell({ ...said, type: 'CHAT_MESSAGE' })
    await time.pass(1_000)
    expect(session.store.get().messages.map(({ message }) => message)).toEqual(['0', '1', '2'])
  })

  test('a greeting says nothing of what somebody has scrolled back to: what was lost there is found once they are back', async () => {
    const world = createWorld()
    const { room, time } = world
    for (let n = 0; n < 1_950; n += 1) room.say('host', `${n}`)
    const { session } = enter(world, { name: 'ana' })
    await time.pass(1_000)
    room.mutes = (event) => event.type === 'CHAT_MESSAGE' && event.message === '1975'
    for (let n = 1_950; n < 2_150; n += 1) room.say('host', `${n}`)
    const reading = (read: () => Promise<boolean>) => Promise.all([read(), time.pass(150)])
    while (session.store.get().messages.at(0)?.message !== '0') await reading(session.readOlder)
    const until = room.messages.find(({ message }) => message === '1960')?.id ?? ''
    const api = apiOf(world, 'host')
    await Promise.all([api.call('rooms/clear-chat', { room_id: CODE, until }), time.pass(500)])
    cut(world)
    await time.pass(3_000)
    for (let isMore = true; isMore; ) [isMore] = await reading(session.readNewer)
    await time.pass(65_000)
    expect(session.store.get().messages.map(({ message }) => Number(message))).toEqual(from(1_961, 2_149))
  })

  test('a removal that was lost is found there as well, and asking for it reads no pages again and again', async () => {
    const { world, session, shown } = await scrolledBack()
    const { room, time } = world
    room.mutes = (event) => event.type === 'MESSAGE_REMOVED'
    const api = apiOf(world, 'host')
    const message_id = room.messages.find(({ message }) => message === '5')?.id ?? ''
    await Promise.all([api.call('rooms/remove-message', { room_id: CODE, message_id }), time.pass(500)])
    expect(shown()).toEqual(from(0, 1_999))
    await time.pass(65_000)
    expect(shown()).toEqual(from(0, 1_999).filter((n) => n !== 5))
    const pages = () => room.calls.filter(({ path }) => path.startsWith('/api/rooms/messages')).length
    const before = pages()
    for (let n = 2_200; n < 2_210; n += 1) {
      room.say('host', `${n}`)
      await time.pass(60_000)
    }
    expect(pages()).toBe(before)
    expect(session.store.get().newerUntil).toBe(room.messages.at(-1)?.id)
  })

  test('a lost line changes nothing of that', async () => {
    const { world, session, settle, shown } = await scrolledBack()
    cut(world)
    await world.time.pass(3_000)
    expect(shown()).toEqual(from(0, 1_999))
    expect(await settle(session.readNewer())).toBe(true)
    expect(shown()).toEqual(from(50, 2_049))
  })
})
