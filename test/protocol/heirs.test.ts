import { describe, expect, it } from 'vitest'
import { heirAmong } from '../../protocol/heirs.ts'

const facts = { host_id: 'hana', heirs: 'COHOSTS' as const, cohosts: ['bo', 'cy'] }
const members = { ...facts, heirs: 'MEMBERS' as const }
const at = (user_id: string, since?: number) => ({ user_id, since })

describe('[R25] who may take over is the same for everybody', () => {
  it.each([
    ['the co-host who came first', [at('cy', 20), at('bo', 10), at('ana', 5)], facts, 'bo'],
    ['of two who came at one moment the one whose id comes first', [at('cy', 10), at('bo', 10)], facts, 'bo'],
    ['and in whatever order they are listed', [at('bo', 10), at('cy', 10)], facts, 'bo'],
    ['nobody before those of whom it is known when they came', [at('bo'), at('cy', 30)], facts, 'cy'],
    ['of those of whom it is not known, the one whose id comes first', [at('cy'), at('bo')], facts, 'bo'],
    ['a co-host before a member who came earlier', [at('ana', 1), at('cy', 30)], members, 'cy'],
    ['the member who came first, where no co-host is there', [at('eve', 9), at('ana', 3)], members, 'ana'],
    ['no member where only co-hosts may', [at('ana', 3)], facts, undefined],
    ['never the host', [at('hana', 1), at('ana', 3)], members, 'ana'],
    ['nobody where nobody is there', [], members, undefined],
  ])('%s', (_, present, room, heir) => {
    expect(heirAmong(present, room)).toBe(heir)
  })
})
