import { describe, expect, it } from 'vitest'
import { hashChosenPassword, roomPasswordMatches } from '../../functions/auth/room-passwords.ts'
import { hashRoomPassword, newRoom, type Room } from '../../functions/domain/room.ts'

const NOW = 1_790_000_000_000
const given = { code: 'K7WQ3F', name: null, is_private: true, entry_mode: 'PASSWORD', is_chat_enabled: true } as const
const made = newRoom({ ...given, media: null, host_id: 'hana', host: 'Hana', password: 'SECRET' }, NOW, 30)
const chosen: Room = { ...made, chosen_hash: await hashChosenPassword(made, 'Movie night, 2026!') }

describe('a room password that we made', () => {
  it.each([
    ['SECRET', true],
    [' secret ', true],
    ['sec ret', true],
    ['SEC-RET', true],
    ['SEC–RET.', true],
    ['“SECRET”', true],
    ['SECRET\u200b', true],
    ['\ufeffSEC\u00adRET\u00a0', true],
    ['ＳＥＣＲＥＴ', true],
    ['ЅECRET', false],
    ['SECRE', false],
    ['SECRETX', false],
    ['', false],
    [null, false],
    [undefined, false],
  ])('[R5] %j matches: %s', async (password, matches) => {
    expect(await roomPasswordMatches(made, password)).toBe(matches)
  })

  it('[R5] of another room does not match, nor any where the room has none', async () => {
    expect(await roomPasswordMatches({ ...made, code: 'CCCCCC' }, 'SECRET')).toBe(false)
    for (const password of ['SECRET', '', null])
      expect(await roomPasswordMatches({ ...made, password_hash: null }, password)).toBe(false)
  })
})

describe('a room password that the host chose', () => {
  it.each([
    ['Movie night, 2026!', true],
    ['movienight2026', true],
    ['MOVIE-NIGHT 2026.', true],
    ['Ｍｏｖｉｅ night ２０２６', true],
    ['Movie night 2027', false],
    ['', false],
    [null, false],
  ])('[R35] %j matches: %s', async (password, matches) => {
    expect(await roomPasswordMatches(chosen, password)).toBe(matches)
  })

  it('[R35] holds in its room only', async () => {
    expect(await roomPasswordMatches({ ...chosen, code: 'CCCCCC' }, 'movienight2026')).toBe(false)
    expect(await roomPasswordMatches({ ...chosen, password_hash: null }, 'movienight2026')).toBe(false)
  })

  it('[R35] ends with a renewal by a function of the version before, which leaves its hash there', async () => {
    const renewed = { ...chosen, password_hash: hashRoomPassword('K7WQ3F', 'RENEWED') }
    expect(await roomPasswordMatches(renewed, 'movienight2026')).toBe(false)
    expect(await roomPasswordMatches(renewed, 'RENEWED')).toBe(true)
  })

  it('[R35] stands beside a hash of the length that such a function compares', () => {
    const compared = hashRoomPassword('K7WQ3F', 'MOVIENIGHT2026')
    expect(chosen.password_hash).toHaveLength(compared.length)
    expect(chosen.password_hash).not.toBe(compared)
  })
})
