import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { decodeJwt, decodeProtectedHeader, SignJWT } from 'jose'
import { describe, expect, it } from 'vitest'
import { type RouteName, routes } from '../../protocol/routes.ts'
import { setUpStage } from '../staging/set-up-stage.ts'
import { refusedWith } from '../staging/socket.ts'
import type { Person } from '../staging/stage.ts'

const HOUR_MS = 3600 * 1000
const PASSWORD = 'correct horse'

const stage = setUpStage()

type Account = Person & { email: string }
let accounts = 0
const newEmail = () => `ana${++accounts}@example.com`

const account = async (name = 'Ana', guest?: Person): Promise<Account> => {
  const email = newEmail()
  const { id, access_token } = await stage.call(
    'auth/register',
    { email, password: PASSWORD, display_name: name },
    guest,
  )
  return { id, name, token: access_token, email }
}
const login = async ({ id, name, email }: Account, password = PASSWORD): Promise<Person> => {
  const { access_token } = await stage.call('auth/login', { email, password })
  return { id, name, token: access_token }
}
const meStatus = async (token: string) => (await stage.request('GET', '/api/auth/me', { token })).status

const unauthorized = { status: 401, body: { code: 'unauthorized', error: 'Sign in and send your access token.' } }
const invalidCredentials = { status: 401, body: { error: 'Invalid credentials', code: 'invalid_credentials' } }

describe('coming in', () => {
  it('[A1] a guest needs nothing but a name, which is trimmed', async () => {
    const answer = await stage.call('auth/guest', { display_name: '  Ana ' })
    expect(answer).toMatchObject({ display_name: 'Ana', is_guest: true })
    const me = await stage.call('auth/me', {}, { id: answer.id, name: 'Ana', token: answer.access_token })
    expect(me).toEqual({ id: answer.id, display_name: 'Ana', is_guest: true })
  })

  it('[A2] [A9] registering answers 201 with a token of an account', async () => {
    const email = newEmail()
    const body = { email, password: PASSWORD, display_name: 'Ana' }
    const answer = await stage.request('POST', '/api/auth/register', { body })
    expect(answer).toMatchObject({ status: 201, body: { display_name: 'Ana', is_guest: false } })
    const me = await stage.request('GET', '/api/auth/me', { token: String(answer.body.access_token) })
    expect(me).toEqual({ status: 200, body: { id: answer.body.id, display_name: 'Ana', is_guest: false } })
  })

  it('[A2] a second account for an address, in whatever case, is 409 email_taken', async () => {
    const ana = await account()
    for (const email of [ana.email, ana.email.toUpperCase(), ` ${ana.email} `]) {
      const refused = await stage.refused('auth/register', { email, password: PASSWORD, display_name: 'Bo' })
      expect(refused).toMatchObject({ status: 409, body: { code: 'email_taken' } })
    }
    expect(await login(ana)).toMatchObject({ id: ana.id })
  })

  it('[A2] of registrations of one address at once exactly one wins', async () => {
    const email = newEmail()
    const tries = await Promise.all(
      ['Ana', 'Bo', 'Cy', 'Di'].map((display_name) =>
        stage.request('POST', '/api/auth/register', { body: { email, password: PASSWORD, display_name } }),
      ),
    )
    expect(tries.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409])
    const winner = tries.find(({ status }) => status === 201)
    expect(await stage.call('auth/login', { email, password: PASSWORD })).toMatchObject({ id: winner?.body.id })
  })

  it('[A4] logging in ignores the case of the address', async () => {
    const ana = await account()
    const answer = await stage.call('auth/login', { email: ana.email.toUpperCase(), password: PASSWORD })
    expect(answer).toMatchObject({ id: ana.id, display_name: 'Ana', is_guest: false })
  })

  it('[A4] an unknown address and a wrong password are one answer, with the same work behind it', async () => {
    const ana = await account()
    const workOf = async (email: string) => {
      const work: string[] = []
      stage.runtime.faults.failDynamoDb = ({ action }) => void work.push(action)
      const answer = await stage.refused('auth/login', { email, password: 'wrong password' })
      stage.runtime.faults.reset()
      return { answer, work }
    }
    const known = await workOf(ana.email)
    expect(known.answer).toEqual(invalidCredentials)
    expect(known.work.length).toBeGreaterThan(0)
    expect(await workOf('nobody@example.com')).toEqual(known)
  })

  it.each([
    ['empty', ''],
    ['of three thousand characters', `${'a'.repeat(3000)}@example.com`],
    ['that grows when folded', `${'ﷺ'.repeat(250)}@example.com`],
    ['that is no Unicode', '\ud800@example.com'],
  ])('[A4] an address %s is unknown like any other', async (_, email) => {
    expect(await stage.refused('auth/login', { email, password: PASSWORD })).toEqual(invalidCredentials)
  })

  it('[A4] [A10] bytes after the seventy-second are not ignored', async () => {
    const password = 'p'.repeat(72)
    const email = newEmail()
    await stage.call('auth/register', { email, password, display_name: 'Ana' })
    await stage.call('auth/login', { email, password })
    expect(await stage.refused('auth/login', { email, password: `${password}x` })).toEqual(invalidCredentials)
  })
})

describe('a guest who registers', () => {
  it('[A3] keeps the id, the rooms, the host rights and the names in rooms', async () => {
    const { code, host } = await stage.room({}, 'Hana')
    const other = await stage.room()
    await stage.call('rooms/join', { code: other.code }, host)
    const ana = await account('Someone Else', host)
    expect(ana.id).toBe(host.id)

    const mine = await stage.call('rooms/mine', {}, ana)
    expect(mine.rooms.map((room) => [room.code, room.is_host]).sort()).toEqual(
      [
        [code, true],
        [other.code, false],
      ].sort(),
    )
    await stage.call('rooms/settings', { room_id: code, name: 'Still mine' }, ana)
    const { participants } = await stage.call('rooms/participants', { room_id: other.code }, other.host)
    expect(participants.find(({ id }) => id === ana.id)).toMatchObject({ display_name: 'Hana 2', is_guest: false })
    expect(await login(ana)).toMatchObject({ id: host.id })
  })

  it('[A3] may do so once: with the token of an account it is 409 already_registered', async () => {
    const ana = await account('Ana', await stage.guest('Ana'))
    const again = { email: newEmail(), password: PASSWORD, display_name: 'Ana' }
    expect(await stage.refused('auth/register', again, ana)).toMatchObject({
      status: 409,
      body: { code: 'already_registered' },
    })
  })

  it('[A3] stays a guest where the address is taken', async () => {
    const ana = await account()
    const guest = await stage.guest('Bo')
    const refused = await stage.refused(
      'auth/register',
      { email: ana.email, password: PASSWORD, display_name: 'Bo' },
      guest,
    )
    expect(refused).toMatchObject({ status: 409, body: { code: 'email_taken' } })
    expect(await stage.call('auth/me', {}, guest)).toMatchObject({ id: guest.id, is_guest: true })
  })

  it('[A3] [H6] is not taken for somebody new where the token sent is no good', async () => {
    const body = { email: newEmail(), password: PASSWORD, display_name: 'Ana' }
    expect(await stage.request('POST', '/api/auth/register', { body, token: 'nonsense' })).toEqual(unauthorized)
  })
})

describe('tokens', () => {
  it('[A5] logging out ends the presented token and no other', async () => {
    const ana = await account()
    const elsewhere = await login(ana)
    expect(await stage.call('auth/logout', {}, ana)).toEqual({ success: true })
    expect(await meStatus(ana.token)).toBe(401)
    expect(await stage.refused('auth/logout', {}, ana)).toEqual(unauthorized)
    expect(await meStatus(elsewhere.token)).toBe(200)
  })

  it('[A5] after logging out no socket opens, and an open one closes at its next PING', async () => {
    const { code, host } = await stage.room()
    const socket = await stage.enter(code, host)
    await stage.call('auth/logout', {}, host)
    expect(await refusedWith(stage.runtime.roomUrl(code, host.token))).toBe(401)
    socket.send({ type: 'PING', t0: 1 })
    expect(await socket.next('REMOVED')).toMatchObject({ code: 'signed_out' })
    expect(await socket.closed).toMatchObject({ code: 1000 })
    expect(socket.all('PONG')).toHaveLength(0)
  })

  it('[A6] refreshing makes a token of its own id and expiry, and the old one lives on', async () => {
    const ana = await account()
    stage.elapse(HOUR_MS)
    const { access_token } = await stage.call('auth/refresh', {}, ana)
    const [before, after] = [decodeJwt(ana.token), decodeJwt(access_token)]
    expect(after.sub).toBe(before.sub)
    expect(after.jti).not.toBe(before.jti)
    expect(Number(after.exp) - Number(before.exp)).toBeGreaterThanOrEqual(3600)
    expect([await meStatus(ana.token), await meStatus(access_token)]).toEqual([200, 200])
    await stage.call('auth/logout', {}, ana)
    expect([await meStatus(ana.token), await meStatus(access_token)]).toEqual([401, 200])
  })

  it('[A10] a token lasts twelve hours', async () => {
    const ana = await stage.guest('Ana')
    const { iat, exp } = decodeJwt(ana.token)
    expect(Number(exp) - Number(iat)).toBe(12 * 3600)
    stage.elapse(12 * HOUR_MS - 60_000)
    expect(await meStatus(ana.token)).toBe(200)
    stage.elapse(60_000)
    expect(await stage.refused('auth/me', {}, ana)).toEqual(unauthorized)
    expect(await stage.refused('auth/refresh', {}, ana)).toEqual(unauthorized)
  })

  it('[A1] a guest is forgotten thirty days after the last token, not after the first', async () => {
    const guest = await stage.guest('Ana')
    const gone = await stage.guest('Bo')
    let token = guest.token
    for (let halfDay = 0; halfDay < 64; halfDay += 1) {
      stage.elapse(11 * HOUR_MS + HOUR_MS / 2)
      token = (await stage.call('auth/refresh', {}, { ...guest, token })).access_token
    }
    expect(await meStatus(token)).toBe(200)
    expect(await meStatus(gone.token)).toBe(401)
  })

  it('[A7] a new password ends all other tokens, keeps the presented one, and the old password is wrong', async () => {
    const ana = await account()
    const elsewhere = await login(ana)
    expect(await stage.call('auth/password', { current: PASSWORD, new: 'another horse' }, ana)).toEqual({
      success: true,
    })
    expect([await meStatus(ana.token), await meStatus(elsewhere.token)]).toEqual([200, 401])
    expect(await stage.refused('auth/login', { email: ana.email, password: PASSWORD })).toEqual(invalidCredentials)
    const again = await login(ana, 'another horse')
    const refreshed = (await stage.call('auth/refresh', {}, ana)).access_token
    expect([await meStatus(again.token), await meStatus(refreshed)]).toEqual([200, 200])

    await stage.call('auth/password', { current: 'another horse', new: 'third horse' }, again)
    expect([await meStatus(again.token), await meStatus(ana.token), await meStatus(refreshed)]).toEqual([200, 401, 401])
  })

  it('[A7] a wrong current password is 401 and changes nothing, for a guest too', async () => {
    const ana = await account()
    const elsewhere = await login(ana)
    const guest = await stage.guest('Bo')
    for (const person of [ana, guest])
      expect(await stage.refused('auth/password', { current: 'wrong one', new: 'another horse' }, person)).toEqual(
        invalidCredentials,
      )
    expect([await meStatus(elsewhere.token), await meStatus(guest.token)]).toEqual([200, 200])
    await login(ana)
  })

  it('[A7] of two changes of the password at once one wins', async () => {
    const ana = await account()
    const change = (next: string) =>
      stage.request('POST', '/api/auth/password', { body: { current: PASSWORD, new: next }, token: ana.token })
    const answers = await Promise.all([change('horse number one'), change('horse number two')])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401])
    await login(ana, answers[0]?.status === 200 ? 'horse number one' : 'horse number two')
  })
})

describe('deleting an account', () => {
  it('[A8] deletes the rooms it hosts, leaves the others, and tells who is there', async () => {
    const ana = await account()
    const hosted = await stage.call('rooms/create', { is_private: false }, ana)
    const bo = await stage.member(hosted.code, 'Bo')
    const inHosted = await stage.enter(hosted.code, bo)
    const { code, host } = await stage.room()
    await stage.call('rooms/join', { code }, ana)
    const [watching, leaving] = [await stage.enter(code, host), await stage.enter(code, ana)]
    await stage.settled()

    expect(await stage.call('auth/delete', {}, ana)).toEqual({ success: true })
    expect(await inHosted.next('ROOM_DELETED')).toMatchObject({ code: 'room_deleted' })
    expect(await leaving.next('REMOVED')).toMatchObject({ code: 'left' })
    expect(await watching.next('USER_LEFT')).toMatchObject({ user: 'Ana', user_id: ana.id })
    expect(await stage.refused('rooms/preview', { code: hosted.code })).toMatchObject({ status: 404 })
    const { participants } = await stage.call('rooms/participants', { room_id: code }, host)
    expect(participants.find(({ id }) => id === ana.id)).toMatchObject({ status: 'LEFT' })
  })

  it('[A8] ends every token, and the address is free again', async () => {
    const ana = await account()
    const elsewhere = await login(ana)
    await stage.call('auth/delete', {}, ana)
    expect([await meStatus(ana.token), await meStatus(elsewhere.token)]).toEqual([401, 401])
    expect(await stage.refused('auth/login', { email: ana.email, password: PASSWORD })).toEqual(invalidCredentials)
    const again = { email: ana.email, password: PASSWORD, display_name: 'Ana' }
    expect((await stage.call('auth/register', again)).id).not.toBe(ana.id)
  })
})

/** The signing secret as the functions see it. */
const signingKey = async () => {
  const environment = stage.runtime.functions.find(({ logicalId }) => /^Auth[0-9A-F]{8}$/.test(logicalId))?.environment
  const client = new SecretsManagerClient({
    endpoint: environment?.AWS_ENDPOINT_URL_SECRETS_MANAGER ?? '',
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  })
  const { SecretString, VersionId } = await client.send(
    new GetSecretValueCommand({ SecretId: environment?.SIGNING_SECRET_ARN }),
  )
  return { kid: VersionId ?? '', secret: new TextEncoder().encode(SecretString) }
}

type Forgery = { header?: Record<string, unknown>; claims?: Record<string, unknown>; secret?: string }
/** A token as ours are, but for what the forger changes. */
const forge = async (ana: Person, { header = {}, claims = {}, secret }: Forgery): Promise<string> => {
  const key = await signingKey()
  return new SignJWT({ ...decodeJwt(ana.token), jti: 'forged', ...claims })
    .setProtectedHeader({ alg: 'HS256', kid: key.kid, ...header })
    .sign(secret === undefined ? key.secret : new TextEncoder().encode(secret))
}
const unsigned = (ana: Person, header: Record<string, unknown>): string => {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${part(header)}.${part(decodeJwt(ana.token))}.`
}

describe('forged tokens', () => {
  it('[H6] a token made as ours are is good, so what follows fails for its own reason', async () => {
    expect(await meStatus(await forge(await stage.guest('Ana'), {}))).toBe(200)
  })

  it.each<[string, Forgery]>([
    ['another secret', { secret: 'x'.repeat(64) }],
    ['an empty name for the key', { header: { kid: '' } }],
    ['no name for the key', { header: { kid: undefined } }],
    ['the name of a key that there is not', { header: { kid: 'a8098c1a-f86e-11da-bd1a-00112444be1e' } }],
    ['another algorithm', { header: { alg: 'HS512' } }],
    ['another issuer', { claims: { iss: 'somebody' } }],
    ['no issuer', { claims: { iss: undefined } }],
    ['another audience', { claims: { aud: 'somebody' } }],
    ['no expiry', { claims: { exp: undefined } }],
    ['an expiry gone by', { claims: { exp: 1 } }],
    ['a start that lies ahead', { claims: { nbf: 99_999_999_999 } }],
    ['no id', { claims: { jti: undefined } }],
    ['no person', { claims: { sub: undefined } }],
    ['a person that there is not', { claims: { sub: 'nobody' } }],
    ['an older password', { claims: { gen: -1 } }],
    ['no generation', { claims: { gen: undefined } }],
  ])('[H6] a token with %s is 401', async (_, forgery) => {
    expect(await meStatus(await forge(await stage.guest('Ana'), forgery))).toBe(401)
  })

  it('[H6] a token that nobody signed is 401', async () => {
    const ana = await stage.guest('Ana')
    const { kid } = decodeProtectedHeader(ana.token)
    for (const alg of ['none', 'None', 'HS256']) {
      expect(await meStatus(unsigned(ana, { alg, kid }))).toBe(401)
      expect(await meStatus(unsigned(ana, { alg }))).toBe(401)
    }
  })

  it.each(['Bearer', 'Bearer  ', 'Basic YTpi', 'TOKEN', 'Bearer a b', 'Bearer TOKEN TOKEN', 'Token TOKEN'])(
    '[H6] the header "%s" is 401',
    async (header) => {
      const { token } = await stage.guest('Ana')
      const authorization = header.replaceAll('TOKEN', token)
      expect(await stage.request('GET', '/api/auth/me', { headers: { authorization } })).toEqual(unauthorized)
    },
  )
})

const guarded = (Object.keys(routes) as RouteName[]).filter((name) => routes[name].auth === 'required')

describe('every call that needs a token', () => {
  it.each(guarded)(
    '[H6] %s is 401 without one, with one signed out, and before the body is looked at',
    async (name) => {
      const { method, path } = routes[name]
      const gone = await stage.guest('Ana')
      await stage.call('auth/logout', {}, gone)
      for (const token of [undefined, 'nonsense', gone.token])
        for (const body of method === 'POST' ? ['{', '{}', '{"room_id":"no such room","code":1}'] : [undefined])
          expect(await stage.request(method, path, { token, body })).toEqual(unauthorized)
    },
  )
})

describe('rotating the signing secret', () => {
  it('[A10] signs nobody out, while new tokens come from the new key', async () => {
    const before = await stage.guest('Ana')
    stage.runtime.secrets.rotate()
    expect(await meStatus(before.token)).toBe(200)
    stage.elapse(6 * 60_000)
    const after = await stage.guest('Bo')
    expect(decodeProtectedHeader(after.token).kid).not.toBe(decodeProtectedHeader(before.token).kid)
    expect([await meStatus(before.token), await meStatus(after.token)]).toEqual([200, 200])
  })

  it('[A10] a token that somebody else has signed with the new key is good at once', async () => {
    const ana = await stage.guest('Ana')
    stage.elapse(11_000)
    stage.runtime.secrets.rotate()
    expect(await meStatus(await forge(ana, {}))).toBe(200)
  })

  it('[A10] a token of a key that is two rotations old is refused', async () => {
    const ana = await stage.guest('Ana')
    stage.runtime.secrets.rotate()
    stage.runtime.secrets.rotate()
    stage.elapse(6 * 60_000)
    expect(await meStatus(ana.token)).toBe(401)
  })
})
