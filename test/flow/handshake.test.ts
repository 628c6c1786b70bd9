import { expect, it } from 'vitest'
import { setUpStage } from '../staging/set-up-stage.ts'
import { openSocket, refusedWith } from '../staging/socket.ts'

const stage = setUpStage()

const edgeUrl = (code: string, query: string) => `${stage.runtime.url.replace('http', 'ws')}/ws/room/${code}/${query}`

it('[W4] no token is 401, in both forms of the address', async () => {
  const { code } = await stage.room()
  expect(await refusedWith(edgeUrl(code, ''))).toBe(401)
  expect(await refusedWith(stage.runtime.realtimeUrl({ room: code }))).toBe(401)
})

it.each(['', 'nonsense', 'a.b.c', 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.'])(
  '[W4] the bad token "%s" is 401',
  async (token) => {
    const { code } = await stage.room()
    expect(await refusedWith(edgeUrl(code, `?token=${token}`))).toBe(401)
  },
)

it('[W4] a token that was signed out is 401', async () => {
  const { code, host } = await stage.room()
  await stage.call('auth/logout', {}, host)
  expect(await refusedWith(stage.runtime.roomUrl(code, host.token))).toBe(401)
})

it.each(['AAAAAA', '******', 'short', '__proto__'])('[W4] the unknown room %s is 403', async (code) => {
  const person = await stage.guest('Ana')
  expect(await refusedWith(edgeUrl(code, `?token=${person.token}`))).toBe(403)
  expect(await refusedWith(stage.runtime.realtimeUrl({ room: code, token: person.token }))).toBe(403)
})

it.each([
  '%72oom',
  'AAAAAA&%72%6f%6f%6d=',
  'AAAAAA&room=',
  'AAA-AAA',
  'AAAAAAAA',
  'AAAAA',
  'AAAAA%41',
  '%EF%BC%A1AAAAA',
])('[W4] the edge lets no %s pass as a code, whatever stands behind it', async (start) => {
  const { code, host } = await stage.room()
  expect(await refusedWith(edgeUrl(`${start}${start.includes('=') ? code : ''}`, `?token=${host.token}`))).toBe(403)
})

it('[W4] somebody who has not joined, who waits, who was rejected, kicked or banned, or who left is 403', async () => {
  const { code, host } = await stage.room({ is_private: true, entry_mode: 'APPROVAL' })
  const ana = await stage.guest('Ana')
  const refused = () => refusedWith(stage.runtime.roomUrl(code, ana.token))
  const about = { room_id: code, user_id: ana.id }
  expect(await refused()).toBe(403)
  await stage.call('rooms/join', { code }, ana)
  expect(await refused()).toBe(403)
  await stage.call('rooms/approve', about, host)
  await stage.enter(code, ana)
  await stage.call('rooms/kick', about, host)
  expect(await refused()).toBe(403)
  await stage.call('rooms/ban', about, host)
  expect(await refused()).toBe(403)
  await stage.call('rooms/unban', about, host)
  expect(await refused()).toBe(403)
  await stage.call('rooms/join', { code }, ana)
  await stage.call('rooms/reject', about, host)
  expect(await refused()).toBe(403)
})

it('the room that a client names in the query does not count behind the edge: the path does', async () => {
  const mine = await stage.room({}, 'Mia')
  const other = await stage.room({}, 'Oli')
  const socket = await openSocket(edgeUrl(mine.code.toLowerCase(), `?room=${other.code}&token=${mine.host.token}`))
  expect((await socket.next('ROOM_PARTICIPANTS')).host).toBe('Mia')
  await socket.close()
})

it('the given path works without its trailing slash, and the API has its own form', async () => {
  const { code, host } = await stage.room()
  const without = await openSocket(`${stage.runtime.url.replace('http', 'ws')}/ws/room/${code}?token=${host.token}`)
  await without.next('PLAYBACK_STATE')
  const own = await openSocket(stage.runtime.realtimeUrl({ room: code.toLowerCase(), token: host.token }))
  await own.next('PLAYBACK_STATE')
  await without.close()
  await own.close()
})

it('[W4] the eleventh socket of one person in one room is 429, and a free place can be taken again', async () => {
  const { code, host } = await stage.room()
  const sockets = await Promise.all(Array.from({ length: 10 }, () => stage.enter(code, host)))
  expect(await refusedWith(stage.runtime.roomUrl(code, host.token))).toBe(429)
  await sockets[0]?.close()
  await stage.settled()
  await stage.enter(code, host)
})

it('[W8] ten sockets that fell silent make place for the next, and are closed at the gateway', async () => {
  const { code, host } = await stage.room()
  const sockets = await Promise.all(Array.from({ length: 10 }, () => stage.enter(code, host)))
  for (const socket of sockets) {
    socket.send({ type: 'PING', t0: 1 })
    await socket.next('PONG')
  }
  stage.elapse(6 * 60_000)
  await stage.enter(code, host)
  await stage.settled()
  for (const { socket } of sockets) expect(socket.readyState).not.toBe(socket.OPEN)
})

it('[W4] twenty sockets at once leave exactly ten', async () => {
  const { code, host } = await stage.room()
  const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => stage.enter(code, host)))
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(10)
})

it('[W4] who opens and closes sockets in a loop is refused after thirty, until time has passed', async () => {
  const { code, host } = await stage.room()
  const ana = await stage.member(code, 'Ana')
  const began = stage.services.clock()
  let opened = 0
  let refused = 0
  while (refused === 0 && opened < 100) {
    const tried = await Promise.allSettled(Array.from({ length: 10 }, () => stage.enter(code, ana)))
    const sockets = tried.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    opened += sockets.length
    refused = tried.length - sockets.length
    await Promise.all(sockets.map((socket) => socket.close()))
    await stage.settled()
  }
  const refilled = Math.ceil((stage.services.clock() - began) / 2_000)
  expect(opened).toBeGreaterThanOrEqual(30)
  // Those of one moment are let in together, before any of them is over.
  expect(opened).toBeLessThanOrEqual(30 + refilled + 10)
  expect(await refusedWith(stage.runtime.roomUrl(code, ana.token))).toBe(429)
  // Nobody else's sockets count.
  await stage.enter(code, host)
  stage.elapse(60_000)
  await stage.enter(code, ana)
})

it('a connection whose greeting cannot be started is refused and not recorded', async () => {
  const { code, host } = await stage.room()
  const welcome = stage.runtime.functions.find(({ logicalId }) => logicalId.startsWith('Welcome'))
  const connect = stage.runtime.functions.find(({ logicalId }) => logicalId.startsWith('Connect'))
  if (welcome === undefined || connect === undefined) throw new Error('The template has no such function.')
  const real = connect.environment.WELCOME_FUNCTION ?? ''
  connect.environment.WELCOME_FUNCTION = 'no-such-function'
  try {
    expect(await refusedWith(stage.runtime.roomUrl(code, host.token))).toBe(500)
  } finally {
    connect.environment.WELCOME_FUNCTION = real
  }
  expect((await stage.call('rooms/preview', { code })).viewers).toBe(0)
  await stage.enter(code, host)
})
