import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { countNames, timeNames } from '../../functions/metrics/names.ts'
import { fullNameOf, metricsIn, watchMetrics } from '../staging/printed-metrics.ts'
import { setUpStage } from '../staging/set-up-stage.ts'
import { openSocket, refusedWith } from '../staging/socket.ts'
import { hostAndBo } from './host-and-bo.ts'

vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'false')
const printed = watchMetrics()
const stage = setUpStage()
/** Every metric that this file has seen. */
const seen = new Set<string>()

beforeEach(() => printed.clear())
afterEach(async () => {
  // Before what is still under way ends, and not after.
  stage.runtime.faults.reset()
  await stage.settled()
  for (const line of printed.lines) for (const name of metricsIn(line)) seen.add(name)
})
afterAll(() => printed.stop())

/** Nothing of their coming is counted. */
const two = async () => {
  const people = await hostAndBo(stage)
  printed.clear()
  return people
}

describe('what viewers feel', () => {
  it('a command: when the first of those who are there had it, and the last', async () => {
    const { hana, boSocket } = await two()
    stage.runtime.faults.delayPost = ({ data }) => (data.includes('"PLAY"') ? 40 : 0)
    hana.send({ type: 'PLAY', time: 5 })
    await boSocket.next('PLAY')
    await stage.settled()
    const [first = 0] = printed.valuesOf('CommandFirstPost')
    const [last = 0] = printed.valuesOf('CommandLastPost')
    expect(first).toBeGreaterThanOrEqual(40)
    expect(last).toBeGreaterThanOrEqual(first)
    expect(printed.sumOf('Posts')).toBe(2)
  })

  it('a command of which nobody took a post is not measured, and one that hangs for one is not for the others', async () => {
    const { hana, boSocket } = await two()
    stage.runtime.faults.answerPost = () => 429
    hana.send({ type: 'PAUSE', time: 5 })
    await vi.waitFor(() => expect(printed.sumOf('PostsDropped')).toBe(2), 8_000)
    expect(printed.valuesOf('CommandLastPost')).toEqual([])
    stage.runtime.faults.reset()
    const hangs = ({ data }: { data: string }) => (data.includes('"ref":"mine"') ? Number.POSITIVE_INFINITY : 0)
    stage.runtime.faults.delayPost = hangs
    hana.send({ type: 'SEEK', time: 9, ref: 'mine' })
    await boSocket.next('SEEK')
    await vi.waitFor(() => expect(printed.valuesOf('CommandLastPost')).toHaveLength(1), 8_000)
    stage.runtime.faults.reset()
    const [last] = printed.valuesOf('CommandLastPost')
    expect(last).toBeLessThan(1_900)
  })

  it('a message', async () => {
    const { hana } = await two()
    hana.send({ type: 'CHAT_MESSAGE', message: 'hello' })
    await hana.next('CHAT_MESSAGE')
    await stage.settled()
    expect(printed.valuesOf('MessageLastPost')).toHaveLength(1)
  })

  it('a greeting, and one that failed', async () => {
    const { code } = await two()
    const ana = await stage.member(code, 'Ana')
    printed.clear()
    await stage.enter(code, ana)
    await stage.settled()
    expect(printed.valuesOf('GreetingTime')).toHaveLength(1)
    expect(printed.sumOf('GreetingsFailed')).toBe(0)
    stage.runtime.faults.answerPost = ({ data }) => (data.includes('CHAT_HISTORY') ? 429 : undefined)
    const turnedAway = await openSocket(stage.runtime.roomUrl(code, ana.token))
    await turnedAway.closed
    await stage.settled()
    expect(printed.sumOf('GreetingsFailed')).toBe(1)
  })
})

describe('faults and refusals', () => {
  it('a fault of HTTP, of a socket and of a function for which nobody waits', async () => {
    const { code, hana } = await two()
    stage.runtime.faults.failDynamoDb = () => 'InternalServerError'
    expect((await stage.refused('rooms/preview', { code })).status).toBe(500)
    hana.send({ type: 'CHAT_MESSAGE', message: 'lost' })
    await hana.next('ERROR')
    await vi.waitFor(() => expect(printed.sumOf('Faults')).toBe(2))
    const sweep = stage.runtime.functions.find(({ logicalId }) => logicalId.startsWith('Sweep'))
    await expect(stage.runtime.invoke(sweep?.logicalId ?? '')).rejects.toThrow()
    expect(printed.sumOf('Faults')).toBe(3)
  })

  it('refusals by what was wrong, told over HTTP, over the socket and to a handshake', async () => {
    const { code, host, hana, bo } = await two()
    await stage.refused('rooms/join', { code: 7 }, bo)
    hana.send('no JSON')
    await hana.next('ERROR')
    await stage.settled()
    expect(printed.sumOf('RefusalsMalformed')).toBe(2)

    await stage.refused('rooms/kick', { room_id: code, user_id: host.id }, bo)
    expect(await refusedWith(stage.runtime.roomUrl(code, 'no token'))).toBe(401)
    expect(await refusedWith(stage.runtime.roomUrl(code, (await stage.guest('Eve')).token))).toBe(403)
    await stage.settled()
    expect(printed.sumOf('RefusalsNotAllowed')).toBe(3)
    // Of the two handshakes one alone is thrown: the other is denied, which Lambda takes for a good run.
    expect(printed.sumOf('HandshakesUnauthorized')).toBe(1)
    const codes = printed.lines.flatMap(({ refused }) => refused ?? [])
    expect(codes.sort()).toEqual(['invalid_field', 'invalid_json', 'not_a_member', 'not_host', 'unauthorized'])

    await stage.refused('rooms/preview', { code: 'ZZZZZZ' })
    expect(await refusedWith(stage.runtime.roomUrl('ZZZZZZ', host.token))).toBe(403)
    expect(printed.sumOf('RefusalsNotThere')).toBe(2)
    expect(printed.sumOf('Faults')).toBe(0)
  })

  it('what our own limits refuse: messages that come too fast', async () => {
    const { hana } = await two()
    for (let said = 0; said < 12; said += 1) hana.send({ type: 'CHAT_MESSAGE', message: `${said}` })
    await hana.next('ERROR', ({ code }) => code === 'too_fast')
    await stage.settled()
    expect(printed.sumOf('RefusalsTooFast')).toBeGreaterThanOrEqual(1)
  })
})

describe('what is repaired', () => {
  it('a repair that is asked for, how many are behind, and a client that asks for what it lacks', async () => {
    const { hana, boSocket } = await two()
    let refused = 0
    stage.runtime.faults.answerPost = ({ data }) => (data.includes('"PLAY"') && refused++ < 6 ? 429 : undefined)
    hana.send({ type: 'PLAY', time: 5 })
    await boSocket.next('PLAY')
    boSocket.send({ type: 'SYNC_REQUEST' })
    await boSocket.next('PLAYBACK_STATE')
    await stage.settled()
    expect(printed.sumOf('RepairsAsked')).toBe(1)
    expect(printed.sumOf('SocketsBehind')).toBe(2)
    expect(printed.sumOf('SyncRequests')).toBe(1)
  })

  it('what a function saved and did not tell, and sockets that are found to be over', async () => {
    const { hana, boSocket } = await two()
    hana.send({ type: 'PING', t0: 0 })
    await hana.next('PONG')
    stage.runtime.faults.failDynamoDb = ({ action }) => (action === 'Query' ? 'InternalServerError' : undefined)
    hana.send({ type: 'CHAT_MESSAGE', message: 'lost' })
    await hana.next('ERROR')
    stage.runtime.faults.reset()
    stage.runtime.faults.dropDisconnect = true
    await boSocket.close()
    stage.elapse(61_000)
    hana.send({ type: 'PING', t0: 1 })
    await hana.next('CHAT_MESSAGE')
    await stage.settled()
    expect(printed.sumOf('ToldLate')).toBe(1)
    expect(printed.sumOf('SocketsLost')).toBe(1)
  })
})

describe('the lines', () => {
  it('are one for an invocation that counted something, and none for one that did not', async () => {
    const { hana } = await two()
    hana.send({ type: 'PING', t0: 0 })
    await hana.next('PONG')
    await stage.settled()
    expect(printed.lines).toEqual([])
    hana.send({ type: 'CHAT_MESSAGE', message: 'hello' })
    await stage.settled()
    expect(printed.lines).toHaveLength(1)
  })

  it('say each metric that there is, under the stage and nothing else', () => {
    const all = [...countNames, ...timeNames]
    expect([...seen].sort()).toEqual(all.map((name) => fullNameOf(name, stage.runtime.stage)).sort())
    expect(all.length).toBeLessThanOrEqual(25)
  })
})
