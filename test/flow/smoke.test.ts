import { afterEach, describe, expect, it } from 'vitest'
import { readSmokeOptions } from '../../bin/smoke/options.ts'
import { type SmokeOptions, smoke } from '../../bin/smoke/walk.ts'
import { administrator } from '../staging/administrator.ts'
import { openBrokenFront } from '../staging/broken-front.ts'
import { runCommand } from '../staging/run-command.ts'
import { setUpStage } from '../staging/set-up-stage.ts'

const stage = setUpStage()
const PATIENCE_MS = 1_500
let ahead = 0
afterEach(async () => {
  if (ahead === 0) return
  // A greeting that still waits for an instant would wait for so much longer.
  await stage.settled()
  stage.elapse(-ahead)
  ahead = 0
})

/** What is said of a deployment that does not work. */
const saidOf = async (origin: string, options: Partial<SmokeOptions> = {}): Promise<string> => {
  try {
    await smoke({ origin, patienceMs: PATIENCE_MS, ...options }, () => {})
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
  throw new Error('Nothing was found.')
}
const functionOf = (id: string) => {
  const found = stage.runtime.functions.find(({ logicalId }) => logicalId.slice(0, -8) === id)
  if (found === undefined) throw new Error(`There is no function ${id}.`)
  return found
}

const run = (args: string[], env: Record<string, string> = {}) => runCommand('bin/smoke.ts', args, { env })

describe('npm run smoke', () => {
  it('walks through a deployment that works, says each step, and leaves nothing behind', async () => {
    const { code, output } = await run(['--url', `${stage.runtime.url}/`])
    expect(output).toMatch(/the service answers .*\n.*a guest /)
    expect(output).toMatch(
      / a kick \(\d+ ms\)\n.*the room is deleted .*\n.*nothing is left behind .*\n.* works: [\d.]+ s\.$/,
    )
    expect(code).toBe(0)
    const { rooms } = await stage.call('rooms/public', {})
    expect(rooms).toEqual([])
    await stage.settled()
    expect(stage.runtime.connections()).toEqual([])
  })

  it('ends with 1 and one line where something is wrong', async () => {
    const { code, output } = await run(['--url', 'http://127.0.0.1:2'])
    expect(code).toBe(1)
    expect(output).toMatch(
      /^the service answers: Nothing answers at http:\/\/127\.0\.0\.1:2 \(ECONNREFUSED\)\. [^\n]+$/,
    )
  })

  it.each([
    [[], {}, /^Usage: npm run smoke -- --url/],
    [['--uri', 'https://watch.example'], {}, /^Usage: npm run smoke -- --url/],
    [
      ['--url', 'watch.example'],
      {},
      /^--url takes an address such as https:\/\/watch\.example, not "watch\.example"\.$/,
    ],
    [
      ['--url', 'https://watch.example', '--email', 'a@example.com'],
      {},
      /^The password of a@example\.com is read from/,
    ],
  ])('says how it is used for %j', (args, environment, sentence) => {
    expect(() => readSmokeOptions(args, environment)).toThrow(sentence)
  })
})

describe('where guests may not make rooms', () => {
  const email = 'smoke@example.com'
  const password = 'correct horse battery'

  it('says so, and goes on as an account', async () => {
    const api = functionOf('Api')
    const before = api.environment.GUESTS_MAY_HOST ?? ''
    api.environment.GUESTS_MAY_HOST = 'false'
    try {
      expect(await saidOf(stage.runtime.url)).toMatch(
        /^a room: .*guests_cannot_host.* \(setting guestsMayHost\)\. .*--email/,
      )
      await stage.call('auth/register', { email, password, display_name: 'Ana' })
      expect(await saidOf(stage.runtime.url, { account: { email, password: 'another one' } })).toMatch(
        /^an account: auth\/login was refused: .*invalid_credentials.*SMOKE_PASSWORD/,
      )
      await smoke(
        readSmokeOptions(['--url', stage.runtime.url, '--email', email], { SMOKE_PASSWORD: password }),
        () => {},
      )
      // The account is not of the smoke test: it stays.
      await stage.call('auth/login', { email, password })
    } finally {
      api.environment.GUESTS_MAY_HOST = before
    }
  })
})

describe('where nobody is admitted without an account', () => {
  const email = 'smoke-alone@example.com'
  const password = 'correct horse battery'
  const steps: string[] = []
  const walk = (options: Partial<SmokeOptions>) =>
    smoke({ origin: stage.runtime.url, ...options }, (step) => steps.push(step))

  it('names the switch, and goes on as an account alone', async () => {
    const ada = await administrator(stage, 'Ada')
    await stage.call('auth/register', { email, password, display_name: 'Sam' })
    await stage.call('admin/change-service', { are_guests_admitted: false }, ada)
    try {
      expect(await saidOf(stage.runtime.url)).toMatch(/^a guest: .*guests_closed.* \/admin\/service .*SMOKE_EMAIL/)
      await walk(readSmokeOptions(['--url', stage.runtime.url], { SMOKE_EMAIL: email, SMOKE_PASSWORD: password }))
    } finally {
      await stage.call('admin/change-service', { are_guests_admitted: true }, ada)
    }
    expect(steps).toContain('an account, which goes alone: guests are not admitted')
    expect(steps).toContain('who comes late sees the film where it is')
    expect(steps).not.toContain('a kick')
    await stage.call('auth/login', { email, password })
    await stage.settled()
    expect(stage.runtime.connections()).toEqual([])
  })

  it('names the lists of who is kept out', async () => {
    const ada = await administrator(stage, 'Ada')
    const { id } = await stage.call('admin/ban-network', { address: '127.0.0.1', days: 1 }, ada)
    expect(await saidOf(stage.runtime.url)).toMatch(/^a guest: .*service_banned.* \/admin\/networks, .*\/admin\/people/)
    await stage.call('admin/unban-network', { network_id: id }, ada)
  })
})

describe('what is broken is named, with the place to look at', () => {
  it('another service at the address', async () => {
    const front = await openBrokenFront(stage.runtime.url, { http: () => ({ status: 200, body: '<html></html>' }) })
    expect(await saidOf(front.origin)).toMatch(/^the service answers: health was answered in a form .*output Url/)
    await front.close()
  })

  it('an edge that does not lead /api/* to the API', async () => {
    const front = await openBrokenFront(stage.runtime.url, { http: () => ({ status: 404, body: '<Error/>' }) })
    expect(await saidOf(front.origin)).toMatch(/health was answered 404, and not by StreamIt.*does not lead \/api\/\*/)
    await front.close()
  })

  it('an API that does not answer', async () => {
    const front = await openBrokenFront(stage.runtime.url, { http: (path) => path.includes('guest') && 'silence' })
    expect(await saidOf(front.origin)).toMatch(/^a guest: auth\/guest was not answered within 1\.5 s\. .*"AuthLogs"/)
    await front.close()
  })

  it('an API that is throttled', async () => {
    const front = await openBrokenFront(stage.runtime.url, {
      http: () => ({ status: 429, body: '{"message":"Too Many Requests"}' }),
    })
    expect(await saidOf(front.origin)).toMatch(/429\. .*throttleRate.*concurrent executions/)
    await front.close()
  })

  it.each([
    [404, /^two sockets through the edge: The socket of .* was refused with 404\. .*does not lead \/ws\/\*/],
    [401, /refused with 401\. No token arrived: .*RealtimeFunction/],
    [403, /refused with 403\. The authorizer .*"AuthorizerLogs"/],
    [500, /refused with 500\. A function failed.*"AuthorizerLogs and ConnectLogs"/],
  ])('a WebSocket route that answers %i', async (upgrade, sentence) => {
    const front = await openBrokenFront(stage.runtime.url, { upgrade })
    expect(await saidOf(front.origin)).toMatch(sentence)
    await front.close()
  })

  it('tables that cannot be reached', async () => {
    stage.runtime.faults.failDynamoDb = () => 'InternalServerError'
    expect(await saidOf(stage.runtime.url, { patienceMs: 10_000 })).toMatch(
      /^a guest: auth\/guest was answered 500: Something went wrong .*"AuthLogs"/,
    )
  })

  it('a function that dies', async () => {
    stage.runtime.faults.killInvocation = ({ function: id }) => id.startsWith('Message')
    expect(await saidOf(stage.runtime.url)).toMatch(/^a message arrives: .*CHAT_MESSAGE\. .*"MessageLogs"/)
  })

  it('a greeting that does not come', async () => {
    stage.runtime.faults.killInvocation = ({ function: id }) => id.startsWith('Welcome')
    expect(await saidOf(stage.runtime.url)).toMatch(
      /^both are greeted: the (host|viewer) waited 1\.5 s for ROOM_PARTICIPANTS\. .*"WelcomeLogs and ConnectLogs"/,
    )
  })

  it('a clock that is wrong', async () => {
    ahead = 60_000
    stage.elapse(ahead)
    expect(await saidOf(stage.runtime.url)).toMatch(/^the clock: .* 60 s apart\. /)
  })

  it('and the room and the guests of a walk that failed are taken away', async () => {
    stage.runtime.faults.killInvocation = ({ function: id }) => id.startsWith('Welcome')
    expect(await saidOf(stage.runtime.url)).not.toContain('left behind')
    await stage.settled()
    expect(stage.runtime.connections()).toEqual([])
  })
})
