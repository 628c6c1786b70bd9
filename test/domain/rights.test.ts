import { describe, expect, it } from 'vitest'
import { assertMay, isHost, may, type Right, roleOf, rolesWith, whoMay } from '../../functions/domain/rights.ts'

const room = { host_id: 'hana' }
const rights: Right[] = ['command', 'moderate', 'change', 'own']

describe('[R9] [P2] the rights of a room', () => {
  it.each(rights)('%s: the host has it, and nobody else', (right) => {
    expect(rolesWith(right)).toEqual(['host'])
    expect(whoMay(right, room)).toEqual(['hana'])
    expect(may(right, room, 'hana')).toBe(true)
    expect(may(right, room, 'ana')).toBe(false)
    expect(() => assertMay(right, room, 'hana')).not.toThrow()
    expect(() => assertMay(right, room, 'ana')).toThrow(expect.objectContaining({ code: 'not_host', status: 403 }))
  })

  it('the host is known by the room', () => {
    expect(isHost(room, 'hana')).toBe(true)
    expect(isHost(room, 'ana')).toBe(false)
  })

  it('whoever does not host is what their own row says', () => {
    expect(roleOf(room, { user_id: 'hana', role: 'participant' })).toBe('host')
    expect(roleOf(room, { user_id: 'hana' })).toBe('host')
    expect(roleOf(room, { user_id: 'ana', role: 'participant' })).toBe('participant')
    expect(roleOf(room, { user_id: 'ana' })).toBe('participant')
  })
})
