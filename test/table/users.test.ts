import { describe, expect, it } from 'vitest'
import { newPerson, type User } from '../../functions/domain/session.ts'
import { admit } from '../../functions/table/members.ts'
import {
  deleteUser,
  keepGuest,
  makeAdmin,
  putAccount,
  putGuest,
  revokeToken,
  roomsOfUser,
  sessionOf,
  setPassword,
  upgradeGuest,
  userByEmail,
} from '../../functions/table/users.ts'
import { putPerson } from '../staging/person.ts'
import { setUpStage } from '../staging/set-up-stage.ts'

const NOW = 1_790_000_000_000

setUpStage()

const DAY_MS = 24 * 3600 * 1000
const guest = (id: string): User => newPerson(id, 'Ana', NOW)
const account = (id: string, email: string) => ({ ...guest(id), is_guest: false, email, password_hash: 'hash' })

const userById = async (userId: string, now: number) =>
  (await sessionOf({ user_id: userId, token_id: 'any' }, now)).user

describe('guests', () => {
  it('are kept as they are for thirty days', async () => {
    await putGuest(guest('g1'), NOW)
    expect(await userById('g1', NOW)).toEqual(guest('g1'))
    expect(await userById('g1', NOW + 30 * DAY_MS - 1000)).toBeDefined()
    expect(await userById('g1', NOW + 30 * DAY_MS)).toBeUndefined()
    expect(await userById('nobody', NOW)).toBeUndefined()
  })

  it('are kept thirty days more when they come again', async () => {
    await putGuest(guest('g2'), NOW)
    await keepGuest('g2', NOW + 20 * DAY_MS)
    expect(await userById('g2', NOW + 49 * DAY_MS)).toBeDefined()
    await keepGuest('nobody', NOW)
    expect(await userById('nobody', NOW)).toBeUndefined()
  })

  it('kept twice, as the SDK repeats a request whose answer was lost, are one', async () => {
    await putGuest(guest('g3'), NOW)
    await putGuest(guest('g3'), NOW)
    expect(await userById('g3', NOW)).toMatchObject({ id: 'g3' })
  })
})

describe('accounts', () => {
  it('are found by their address in whatever case, and hold it alone', async () => {
    const ana = account('a1', 'Ana@Example.com')
    expect(await putAccount(ana)).toBe(true)
    expect(await userByEmail(' ANA@example.COM', NOW)).toEqual(ana)
    expect(await putAccount(account('a2', 'ana@example.com'))).toBe(false)
    expect(await userById('a2', NOW)).toBeUndefined()
    expect(await userByEmail('bo@example.com', NOW)).toBeUndefined()
  })

  it.each(['x'.repeat(5000), 'ﷺ'.repeat(200), '\udc00', ''])('nobody has the address %j', async (email) => {
    expect(await userByEmail(email, NOW)).toBeUndefined()
  })

  it('come out of a guest with the same id, once, and do not expire', async () => {
    await putGuest(guest('g4'), NOW)
    expect(await upgradeGuest(account('g4', 'g4@example.com'))).toBe(true)
    expect(await userById('g4', NOW + 400 * DAY_MS)).toMatchObject({ id: 'g4', is_guest: false })
    expect(await upgradeGuest(account('g4', 'other@example.com'))).toBe(false)
    expect(await userByEmail('other@example.com', NOW)).toBeUndefined()
    expect(await upgradeGuest(account('nobody', 'nobody@example.com'))).toBe(false)
  })

  it('change their password only from the one that was checked', async () => {
    const ana = account('a3', 'a3@example.com')
    await putAccount(ana)
    expect(await setPassword(ana, 'second', 'token-1')).toBe(true)
    const changed = { password_hash: 'second', generation: 1, spared_token: 'token-1' }
    expect(await userById('a3', NOW)).toMatchObject(changed)
    expect(await setPassword(ana, 'third', 'token-2')).toBe(false)
    expect(await userById('a3', NOW)).toMatchObject(changed)
  })

  it('may become admins, guests may not', async () => {
    await putAccount(account('a4', 'a4@example.com'))
    await putGuest(guest('g5'), NOW)
    expect([await makeAdmin('a4'), await makeAdmin('g5'), await makeAdmin('nobody')]).toEqual([true, false, false])
    expect(await userById('a4', NOW)).toMatchObject({ is_admin: true })
  })

  it('leave nothing behind when deleted, and guests neither', async () => {
    const ana = account('a5', 'A5@example.com')
    await putAccount(ana)
    await putGuest(guest('g6'), NOW)
    await deleteUser(ana, NOW)
    await deleteUser(guest('g6'), NOW)
    expect(await userById('a5', NOW)).toBeUndefined()
    expect(await userById('g6', NOW)).toBeUndefined()
    expect(await putAccount(account('a6', 'a5@example.com'))).toBe(true)
  })
})

describe('sessions', () => {
  it('tell whose a token is and whether it was signed out', async () => {
    await putGuest(guest('g7'), NOW)
    const claims = { user_id: 'g7', token_id: 't1' }
    expect(await sessionOf(claims, NOW)).toEqual({ revoked: false, user: guest('g7') })
    await revokeToken('t1', NOW / 1000 + 60.5)
    expect(await sessionOf(claims, NOW)).toMatchObject({ revoked: true })
    expect(await sessionOf({ ...claims, token_id: 't2' }, NOW)).toMatchObject({ revoked: false })
    expect(await sessionOf({ user_id: 'nobody', token_id: 't3' }, NOW)).toEqual({
      revoked: false,
      user: undefined,
    })
  })
})

it('roomsOfUser: every room that somebody has joined, none of anybody else', async () => {
  for (const [code, user_id] of [
    ['AAAAAA', 'r1'],
    ['CCCCCC', 'r1'],
    ['AAAAAA', 'r2'],
  ] as const) {
    const entering = { user_id, name: user_id, is_guest: true, hosting_since: null, status: 'APPROVED' } as const
    await putPerson(user_id)
    await admit(code, undefined, entering, NOW)
  }
  const rooms = await roomsOfUser('r1')
  expect(rooms.sort((a, b) => (a.code < b.code ? -1 : 1))).toEqual([
    { code: 'AAAAAA', joined_at: NOW, is_pending: false },
    { code: 'CCCCCC', joined_at: NOW, is_pending: false },
  ])
})
