import { beforeAll, describe, expect, it } from 'vitest'
import { Refusal } from '../../protocol/refusals.ts'
import { putPerson } from '../staging/person.ts'
import { setUpStage } from '../staging/set-up-stage.ts'

const NOW = 1_790_000_000_000

setUpStage()
let table: typeof import('../../functions/table/members.ts') & typeof import('../../functions/table/chat-budget.ts')
beforeAll(async () => {
  table = {
    ...(await import('../../functions/table/members.ts')),
    ...(await import('../../functions/table/chat-budget.ts')),
  }
})

const budget = { burst: 10, refillMilliseconds: 600 }
let people = 0
const sender = async (): Promise<(now: number) => Promise<string>> => {
  const user = { user_id: `sender-${++people}`, name: `Sender ${people}`, is_guest: true, hosting_since: null }
  await putPerson(user.user_id)
  await table.admit('CHAT', undefined, { ...user, status: 'APPROVED' }, NOW)
  let frames = 0
  return async (now) => {
    const outcome = await table.spendMessage('CHAT', user.user_id, `frame-${++frames}`, now, budget)
    return outcome instanceof Refusal ? `${outcome.code} ${outcome.retryAfter}` : 'passed'
  }
}
const passed = (outcomes: string[]) => outcomes.filter((outcome) => outcome === 'passed').length

describe('[C3] spendMessage', () => {
  it('of eleven at once exactly ten pass, whatever the order in which their writes meet', async () => {
    for (let round = 0; round < 8; round += 1) {
      const spend = await sender()
      const outcomes = await Promise.all(Array.from({ length: 11 }, () => spend(NOW)))
      expect(passed(outcomes), `round ${round}: ${outcomes}`).toBe(10)
      expect(outcomes.filter((outcome) => outcome === 'too_fast 1')).toHaveLength(1)
    }
  })

  it('of two at once both pass, from a full bucket as from one in use', async () => {
    for (let round = 0; round < 20; round += 1) {
      const spend = await sender()
      expect(await Promise.all([spend(NOW), spend(NOW)])).toEqual(['passed', 'passed'])
      expect(await Promise.all([spend(NOW), spend(NOW)])).toEqual(['passed', 'passed'])
    }
  })

  it('refills by one every 600 ms, and no sooner', async () => {
    const spend = await sender()
    for (let n = 0; n < 10; n += 1) expect(await spend(NOW)).toBe('passed')
    expect(await spend(NOW)).toBe('too_fast 1')
    expect(await spend(NOW + 599)).toBe('too_fast 1')
    expect(await spend(NOW + 600)).toBe('passed')
    expect(await spend(NOW + 600)).toBe('too_fast 1')
    expect([await spend(NOW + 1800), await spend(NOW + 1800), await spend(NOW + 1800)]).toEqual([
      'passed',
      'passed',
      'too_fast 1',
    ])
  })

  it('is full again after six seconds, and never fuller', async () => {
    const spend = await sender()
    for (let n = 0; n < 10; n += 1) await spend(NOW)
    const later: string[] = []
    for (let n = 0; n < 12; n += 1) later.push(await spend(NOW + 3_600_000))
    expect(passed(later)).toBe(10)
  })

  it('counts the same frame once where the answer to a write was lost', async () => {
    const user = { user_id: 'lost', name: 'Lost', is_guest: true, hosting_since: null }
    await putPerson(user.user_id)
    await table.admit('CHAT', undefined, { ...user, status: 'APPROVED' }, NOW)
    const spend = (frame: string) => table.spendMessage('CHAT', 'lost', frame, NOW, budget)
    for (const frame of ['a', 'a', 'a']) expect(await spend(frame)).toMatchObject({ user_id: 'lost' })
    expect(await table.spendMessage('CHAT', 'lost', 'b', NOW, budget)).toMatchObject({
      bucket_full_at: NOW + 2 * budget.refillMilliseconds,
    })
  })

  it('is refused while muted, with the time left, and costs nothing', async () => {
    const user = { user_id: 'muted', name: 'Muted', is_guest: true, hosting_since: null }
    await putPerson(user.user_id)
    await table.admit('CHAT', undefined, { ...user, status: 'APPROVED' }, NOW)
    await table.muteUntil('CHAT', 'muted', NOW + 61_500)
    const refused = await table.spendMessage('CHAT', 'muted', 'a', NOW, budget)
    expect(refused).toMatchObject({ code: 'muted', retryAfter: 62 })
    const spent = await table.spendMessage('CHAT', 'muted', 'b', NOW + 61_500, budget)
    expect(spent).toMatchObject({ name: 'Muted', bucket_full_at: NOW + 61_500 + 600 })
  })

  it('is for approved members', async () => {
    const user = { user_id: 'waiting', name: 'Waiting', is_guest: true, hosting_since: null }
    await table.admit('CHAT', undefined, { ...user, status: 'PENDING' }, NOW)
    for (const id of ['waiting', 'nobody'])
      expect(await table.spendMessage('CHAT', id, 'a', NOW, budget)).toMatchObject({ code: 'not_a_member' })
    expect(await table.memberOf('CHAT', 'nobody')).toBeUndefined()
  })
})
