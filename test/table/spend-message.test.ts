import { describe, expect, it } from 'vitest'
import { spendMessage, trimMessages } from '../../functions/table/chat-budget.ts'
import { admit, memberOf, muteUntil } from '../../functions/table/members.ts'
import { Refusal } from '../../protocol/refusals.ts'
import { putPerson } from '../staging/person.ts'
import { setUpStage } from '../staging/set-up-stage.ts'

const NOW = 1_790_000_000_000

setUpStage()

const budget = { burst: 10, refillMs: 600 }
let people = 0
const saying = (frame: string) => ({ mark: frame, id: `id of ${frame}` })
const sender = async (): Promise<(now: number) => Promise<string>> => {
  const user = { user_id: `sender-${++people}`, name: `Sender ${people}`, is_guest: true, hosting_since: null }
  await putPerson(user.user_id)
  await admit('CHAT', undefined, { ...user, status: 'APPROVED' }, NOW)
  let frames = 0
  return async (now) => {
    const outcome = await spendMessage('CHAT', user.user_id, saying(`frame-${++frames}`), now, budget)
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
    await admit('CHAT', undefined, { ...user, status: 'APPROVED' }, NOW)
    const spend = (frame: string) => spendMessage('CHAT', 'lost', saying(frame), NOW, budget)
    for (const frame of ['a', 'a', 'a'])
      expect(await spend(frame)).toMatchObject({ isRepetition: false, sender: { user_id: 'lost' } })
    expect(await spend('b')).toMatchObject({ sender: { bucket_full_at: NOW + 2 * budget.refillMs } })
  })

  it('[C4] costs nothing the second time, and tells the id of the first', async () => {
    const user = { user_id: 'twice', name: 'Twice', is_guest: true, hosting_since: null }
    await putPerson(user.user_id)
    await admit('CHAT', undefined, { ...user, status: 'APPROVED' }, NOW)
    const spend = (mark: string, id: string) => spendMessage('CHAT', 'twice', { mark, id }, NOW, budget)
    for (let n = 0; n < 10; n += 1) expect(await spend(`m${n}`, `i${n}`)).toMatchObject({ id: `i${n}` })
    expect(await spend('m10', 'i10')).toMatchObject({ code: 'too_fast' })
    // Also where the budget is empty, and where two come at once.
    const again = { id: 'i4', isRepetition: true, sender: { bucket_full_at: NOW + 10 * budget.refillMs } }
    expect(await Promise.all([spend('m4', 'other'), spend('m4', 'one more')])).toMatchObject([again, again])
  })

  it('[C4] of one message that comes twice at once is paid once', async () => {
    const user = { user_id: 'at once', name: 'At once', is_guest: true, hosting_since: null }
    await putPerson(user.user_id)
    await admit('CHAT', undefined, { ...user, status: 'APPROVED' }, NOW)
    for (let round = 0; round < 10; round += 1) {
      const ids = [`${round} a`, `${round} b`]
      const [one, other] = await Promise.all(
        ids.map((id) => spendMessage('CHAT', 'at once', { mark: `${round}`, id }, NOW + round * 60_000, budget)),
      )
      if (one instanceof Refusal || other instanceof Refusal || one === undefined) throw new Error('It was refused.')
      expect(other).toMatchObject({ id: one.id, sender: { bucket_full_at: NOW + round * 60_000 + 600 } })
      expect([one.isRepetition, other?.isRepetition].sort()).toEqual([false, true])
    }
  })

  it('[C4] the latest messages are remembered, and the oldest go once there are many', async () => {
    const user = { user_id: 'many', name: 'Many', is_guest: true, hosting_since: null }
    await putPerson(user.user_id)
    await admit('CHAT', undefined, { ...user, status: 'APPROVED' }, NOW)
    let ids = 0
    const spend = async (n: number, minute = n) => {
      ids += 1
      const one = { mark: `${n}`, id: `id ${ids}` }
      const spent = await spendMessage('CHAT', 'many', one, NOW + minute * 60_000, budget)
      if (spent instanceof Refusal) throw spent
      await trimMessages('CHAT', 'many', spent.remembered)
      return spent
    }
    for (let n = 0; n < 33; n += 1) expect((await spend(n)).remembered).toBe(n + 1)
    expect([await spend(13), await spend(32)]).toMatchObject([
      { isRepetition: true, remembered: 20 },
      { isRepetition: true },
    ])
    expect(await spend(12, 40)).toMatchObject({ isRepetition: false, remembered: 21 })
  })

  it('is refused while muted, with the time left, and costs nothing', async () => {
    const user = { user_id: 'muted', name: 'Muted', is_guest: true, hosting_since: null }
    await putPerson(user.user_id)
    await admit('CHAT', undefined, { ...user, status: 'APPROVED' }, NOW)
    await muteUntil('CHAT', 'muted', NOW + 61_500)
    const refused = await spendMessage('CHAT', 'muted', saying('a'), NOW, budget)
    expect(refused).toMatchObject({ code: 'muted', retryAfter: 62 })
    const spent = await spendMessage('CHAT', 'muted', saying('b'), NOW + 61_500, budget)
    expect(spent).toMatchObject({ sender: { name: 'Muted', bucket_full_at: NOW + 61_500 + 600 } })
  })

  it('is for approved members', async () => {
    const user = { user_id: 'waiting', name: 'Waiting', is_guest: true, hosting_since: null }
    await admit('CHAT', undefined, { ...user, status: 'PENDING' }, NOW)
    for (const id of ['waiting', 'nobody'])
      expect(await spendMessage('CHAT', id, saying('a'), NOW, budget)).toMatchObject({ code: 'not_a_member' })
    expect(await memberOf('CHAT', 'nobody')).toBeUndefined()
  })
})
