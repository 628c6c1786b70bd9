import middy from '@middy/core'
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda'
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import { watchLog } from '../staging/printed-log.ts'
import { setUpStage } from '../staging/set-up-stage.ts'
import { refusedWith } from '../staging/socket.ts'

vi.stubEnv('POWERTOOLS_LOG_LEVEL', 'INFO')
const printed = watchLog()
const calls: { id: string; event: APIGatewayProxyEventV2 }[] = []
const stage = setUpStage({
  onInvoked: ({ id, event }) => {
    if (['Admin', 'Api', 'Auth'].includes(id)) calls.push({ id, event: event as APIGatewayProxyEventV2 })
  },
})
afterAll(() => printed.stop())
beforeEach(() => printed.clear())

const LOOPBACK = '127.0.0.1'
const OUTSIDE = '198.51.100.9'
const FORGED = '203.0.113.7'
const forged = {
  'x-streamit-viewer': FORGED,
  'x-streamit-edge': 'guessed',
  'x-forwarded-for': FORGED,
  forwarded: `for=${FORGED}`,
}
const local = (url: string): string => url.replace('localhost', LOOPBACK)
/** What the functions say of the invocations that have ended. */
const done = () => printed.lines.filter(({ message }) => message === 'done')

describe('the line of a call', () => {
  const routes = ['auth/me', 'rooms/mine', 'admin/now']

  it.each(routes)('of %s has the address that the edge saw, whatever the viewer sends along', async (route) => {
    const answer = await fetch(local(`${stage.runtime.url}/api/${route}/`), { headers: forged })
    await answer.text()
    expect(done()).toMatchObject([{ status: answer.status, address: LOOPBACK }])
    expect(JSON.stringify(printed.lines)).not.toContain(FORGED)
  })

  it('that goes past the edge has the address that the gateway saw, whatever it sends along', async () => {
    calls.length = 0
    for (const route of routes) await (await fetch(`${stage.runtime.url}/api/${route}/`)).text()
    printed.clear()
    for (const { id, event } of [...calls]) {
      const http = { ...event.requestContext.http, sourceIp: OUTSIDE }
      const pastEdge = { ...event, headers: forged, requestContext: { ...event.requestContext, http } }
      const fn = stage.runtime.functions.find(({ logicalId }) => logicalId.slice(0, -8) === id)
      await stage.runtime.invoke(fn?.logicalId ?? '', pastEdge)
    }
    expect(done().map(({ address }) => address)).toEqual([OUTSIDE, OUTSIDE, OUTSIDE])
    expect(JSON.stringify(printed.lines)).not.toContain(FORGED)
  })
})

describe('the line of a handshake', () => {
  const open = async (url: string): Promise<void> => {
    const socket = new WebSocket(local(url), { headers: forged })
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
    socket.terminate()
    await stage.settled()
  }
  const authorized = () => done().filter(({ event }) => event === 'authorize')

  it('has the address of who was let in, through the edge and past it', async () => {
    const { code, host } = await stage.room()
    printed.clear()
    await open(stage.runtime.roomUrl(code, host.token))
    await open(stage.runtime.realtimeUrl({ room: code, token: host.token }))
    const letIn = { outcome: 'Allow', address: LOOPBACK }
    expect(authorized()).toMatchObject([letIn, letIn])
    expect(JSON.stringify(printed.lines)).not.toContain(FORGED)
  })

  it('has the address of who was refused', async () => {
    const { code } = await stage.room()
    const eve = await stage.guest('Eve')
    printed.clear()
    expect(await refusedWith(local(stage.runtime.roomUrl(code, 'no token')))).toBe(401)
    expect(await refusedWith(local(stage.runtime.roomUrl(code, eve.token)))).toBe(403)
    expect(authorized()).toMatchObject([
      { outcome: 'Unauthorized', address: LOOPBACK },
      { outcome: 'Deny', address: LOOPBACK },
    ])
  })
})

describe('an address that cannot be found out', () => {
  it('leaves its line without one and fails no call', async () => {
    const { logging } = await import('../../functions/middleware/logging.ts')
    const handler = middy()
      .use(
        logging(
          () => ({ route: 'GET /api/health' }),
          () => Promise.reject(new Error('The secret is away.')),
        ),
      )
      .handler(async () => 'answered')
    const context = { awsRequestId: 'r1', getRemainingTimeInMillis: () => 1_000 } as Context
    expect(await handler({}, context)).toBe('answered')
    expect(printed.lines.map(({ level, message }) => `${level} ${message}`)).toEqual([
      'WARN address not known',
      'INFO done',
    ])
    expect(printed.lines[1]).not.toHaveProperty('address')
  })
})
