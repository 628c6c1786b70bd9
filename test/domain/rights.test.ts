import { describe, expect, it } from 'vitest'
import { assertMay, isHost, may, rightToChange, roleOf, rolesWith, whoMay } from '../../functions/domain/rights.ts'
import { type Right, rightsOf } from '../../protocol/roles.ts'

const room = { host_id: 'hana', cohosts: ['cleo'], control: 'HOSTS' as const, barred: [] }
const rights = rightsOf.host
const ofCohosts: readonly Right[] = ['command', 'choose', 'moderate']

describe('[R9] [P2] [R22] the rights of a room', () => {
  it.each(rights)('%s: the host has it, a co-host by the table, and nobody else', (right) => {
    const isCohosts = ofCohosts.includes(right)
    expect(rolesWith(right)).toEqual(isCohosts ? ['host', 'cohost'] : ['host'])
    expect(whoMay(right, room)).toEqual(isCohosts ? ['hana', 'cleo'] : ['hana'])
    expect(['hana', 'cleo', 'ana'].map((id) => may(right, room, id))).toEqual([true, isCohosts, false])
    expect(() => assertMay(right, room, 'hana')).not.toThrow()
    expect(() => assertMay(right, room, 'ana')).toThrow(expect.objectContaining({ code: 'not_host', status: 403 }))
  })

  it.each(rights)('[R23] %s: everyone has it only where it is the command and the room says so', (right) => {
    expect(may(right, { ...room, control: 'EVERYONE' }, 'ana')).toBe(right === 'command')
    expect(whoMay(right, { ...room, control: 'EVERYONE' })).toEqual(whoMay(right, room))
  })

  it.each(rights)('%s: whoever is being removed has none of it, but a host always does', (right) => {
    const barred = { ...room, control: 'EVERYONE' as const, barred: ['ana', 'cleo', 'hana'] }
    expect(['hana', 'cleo', 'ana'].map((id) => may(right, barred, id))).toEqual([true, false, false])
    expect(whoMay(right, barred)).toEqual(['hana'])
  })

  it('a host who is in the list of co-hosts is the host, once', () => {
    const both = { ...room, cohosts: ['cleo', 'hana'] }
    expect([roleOf(both, 'hana'), roleOf(both, 'cleo'), roleOf(both, 'ana')]).toEqual(['host', 'cohost', 'participant'])
    expect(whoMay('command', both)).toEqual(['hana', 'cleo'])
  })

  it('the host is known by the room', () => {
    expect(isHost(room, 'hana')).toBe(true)
    expect(isHost(room, 'ana')).toBe(false)
  })
})

it.each<[object, Right]>([
  [{ is_locked: true }, 'moderate'],
  [{ media: null, start: 4 }, 'choose'],
  [{ learned: {} }, 'choose'],
  [{ learned: { duration: 60, live_origin: 1 } }, 'choose'],
  [{ learned: { live_origin: 1 } }, 'command'],
  [{ learned: { live_origin: 1 }, name: 'x' }, 'change'],
  [{ name: 'x' }, 'change'],
  [{ is_locked: true, name: 'x' }, 'change'],
  [{ is_locked: true, media: null }, 'change'],
  [{}, 'change'],
])('[R12] [R31] changing %j asks for the right to %s', (fields, right) => {
  expect(rightToChange({ room_id: 'K7WQ3F', ...fields })).toBe(right)
})
