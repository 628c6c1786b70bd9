import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refusedWith } from '../staging/socket.ts'
import { versions } from './recorded.ts'
import { type Replay, replay } from './replay.ts'

describe.each(versions)('people and tokens of %s', (version) => {
  let then: Replay
  beforeAll(async () => {
    then = await replay(version)
  })
  afterAll(() => then.close())

  const me = (token: string) => then.stage.request('GET', '/api/auth/me', { token })
  const login = (email: string, password: string) =>
    then.stage.request('POST', '/api/auth/login', { body: { email, password } })

  it('tokens that held hold, and speak for whom they spoke', async () => {
    const { cast, tokens } = then.recorded
    expect(Object.keys(tokens.hold).length).toBeGreaterThan(20)
    for (const [who, token] of Object.entries(tokens.hold)) {
      const { id, display_name, is_guest } = cast.people[who] ?? {}
      expect(await me(token), who).toMatchObject({ status: 200, body: { id, display_name, is_guest } })
    }
  })

  it('tokens that were signed out, outdated or of nobody any more are refused, by HTTP and by sockets', async () => {
    for (const [who, token] of Object.entries(then.recorded.tokens.refused)) {
      expect(await me(token), who).toMatchObject({ status: 401, body: { code: 'unauthorized' } })
      expect(await refusedWith(then.stage.runtime.roomUrl(then.code('film'), token)), who).toBe(401)
    }
  })

  it('a token of an account and one of a guest open a socket', async () => {
    for (const who of ['hana', 'bo']) {
      const socket = await then.stage.enter(then.code('film'), then.person(who))
      expect(socket.all('ROOM_PARTICIPANTS')[0]?.participants).toContain(then.person(who).name)
      await socket.close()
    }
  })

  it('accounts sign in with their password, in whatever case the address is written', async () => {
    for (const who of ['hana', 'ada', 'cleo', 'uma']) {
      const { id, email = '', password = '' } = then.recorded.cast.people[who] ?? {}
      expect(await login(email.toUpperCase(), password), who).toMatchObject({ status: 200, body: { id } })
      expect(await login(email, `${password}?`), who).toMatchObject({ status: 401 })
    }
  })

  it('an account that was deleted is gone, and its address is free; others are taken', async () => {
    const { email = '', password = '' } = then.recorded.cast.people.dan ?? {}
    const register = (address: string) =>
      then.stage.request('POST', '/api/auth/register', { body: { email: address, password, display_name: 'New' } })
    expect(await login(email, password)).toMatchObject({ status: 401 })
    expect(await register(email)).toMatchObject({ status: 201 })
    expect(await register('hana@example.com')).toMatchObject({ status: 409, body: { code: 'email_taken' } })
  })

  it('an administrator is one, and nobody else', async () => {
    const { userById } = await import('../../functions/table/users.ts')
    const isAdmin = async (who: string) => (await userById(then.person(who).id, then.stage.services.clock()))?.is_admin
    expect(await isAdmin('ada')).toBe(true)
    expect(await isAdmin('hana')).toBe(false)
  })

  it('a guest becomes an account and keeps id and rooms', async () => {
    const ana = then.person('ana')
    const becomes = { email: 'ana@example.com', password: 'long enough', display_name: 'Ana' }
    const account = await then.stage.call('auth/register', becomes, ana)
    expect(account).toMatchObject({ id: ana.id, is_guest: false })
    const { rooms } = await then.stage.call('rooms/mine', {}, { ...ana, token: account.access_token })
    expect(rooms).toMatchObject([{ code: then.code('film') }])
  })

  it('who changed the password changes it again, and signs out', async () => {
    const cleo = then.person('cleo')
    const { password: current = '' } = then.recorded.cast.people.cleo ?? {}
    await then.stage.call('auth/password', { current, new: 'third password' }, cleo)
    expect(await me(cleo.token)).toMatchObject({ status: 200 })
    await then.stage.call('auth/logout', {}, cleo)
    expect(await me(cleo.token)).toMatchObject({ status: 401 })
  })

  it('deleting an account ends the rooms that it hosts, and no other', async () => {
    await then.stage.call('auth/delete', {}, then.person('hana'))
    const status = async (room: string) => (await then.stage.request('GET', `/api/rooms/${then.code(room)}`)).status
    for (const room of ['film', 'vault', 'club', 'quiet']) expect(await status(room), room).toBe(404)
    for (const room of ['handed', 'solo', 'dozing']) expect(await status(room), room).toBe(200)
  })
})
