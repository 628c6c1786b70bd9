import { describe, expect, it } from 'vitest'
import {
  assertAdmin,
  assertSession,
  type Claims,
  newPerson,
  type Session,
  sessionHolds,
  type User,
  whySessionEnded,
} from '../../functions/domain/session.ts'

const NOW = 1_000

const user: User = {
  ...newPerson('ana', 'Ana', 1),
  ...{ is_guest: false, email: 'ana@example.com', password_hash: 'hash', generation: 2, spared_token: 'spared' },
}
const claims = (token_id: string, generation: number): Claims => ({
  ...{ user_id: 'ana', display_name: 'Ana', is_guest: false, expires: 2, signed_in_at: 1, token_id, generation },
})

it('[K2] a token that has ended by itself is told from one that somebody ended', () => {
  const ended = { ...claims('other', 2), expires: 1 }
  expect(whySessionEnded({ revoked: false, user }, claims('other', 2), NOW)).toBeUndefined()
  expect(whySessionEnded({ revoked: false, user }, ended, NOW)).toBe('expired')
  expect(whySessionEnded({ revoked: true, user }, ended, NOW)).toBe('signed_out')
  expect(whySessionEnded({ revoked: false, user }, { ...ended, generation: 1 }, NOW)).toBe('signed_out')
})

describe('[H6] a token', () => {
  it.each<[string, Session, Claims, boolean]>([
    ['of the present password', { revoked: false, user }, claims('other', 2), true],
    ['of an older password', { revoked: false, user }, claims('other', 1), false],
    ['of a generation to come', { revoked: false, user }, claims('other', 3), false],
    ['that changed the password', { revoked: false, user }, claims('spared', 1), true],
    ['signed out', { revoked: true, user }, claims('other', 2), false],
    ['that changed the password and was signed out', { revoked: true, user }, claims('spared', 1), false],
    ['of an account that is gone', { revoked: false, user: undefined }, claims('other', 2), false],
    ['that has ended', { revoked: false, user }, { ...claims('other', 2), expires: 1 }, false],
    ['spared by nobody', { revoked: false, user: { ...user, spared_token: null } }, claims('null', 1), false],
  ])('%s', (_, session, one, holds) => {
    expect(sessionHolds(session, one, NOW)).toBe(holds)
    if (holds) expect(assertSession(session, one, NOW)).toBe(session.user)
    else
      expect(() => assertSession(session, one, NOW)).toThrow(
        expect.objectContaining({ code: 'unauthorized', status: 401 }),
      )
  })
})

describe('an administrator', () => {
  const admin = { ...user, is_admin: true }
  const hours = (count: number) => count * 3600

  it('[M1] is one for twelve hours after signing in', () => {
    const signed_in_at = hours(1_000)
    expect(() => assertAdmin(admin, { signed_in_at }, hours(1_012) * 1000)).not.toThrow()
    expect(() => assertAdmin(admin, { signed_in_at }, hours(1_012) * 1000 + 1)).toThrow('Sign in again.')
  })

  it('[M1] whose token does not say when they signed in has to do it again', () => {
    expect(() => assertAdmin(admin, { signed_in_at: 0 }, hours(1_000) * 1000)).toThrow('Sign in again.')
  })

  it('[M1] is nobody without the flag', () => {
    expect(() => assertAdmin(user, { signed_in_at: hours(1_000) }, hours(1_000) * 1000)).toThrow('Only administrators')
  })
})
