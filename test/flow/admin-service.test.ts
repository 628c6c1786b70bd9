import { beforeAll, describe, expect, it } from 'vitest'
import { administrator } from '../staging/administrator.ts'
import { setUpStage } from '../staging/set-up-stage.ts'
import type { Person } from '../staging/stage.ts'

const stage = setUpStage()
let ada: Person
beforeAll(async () => {
  ada = await administrator(stage, 'Ada')
})

const DAY_MS = 24 * 3600_000
let asked = 0
/** The edge keeps an answer for each page of a list. */
const service = async () => {
  asked += 1
  return (await stage.request('GET', `/api/service?cursor=${asked}`)).body
}
const open = { notice: null, is_registration_open: true, are_guests_admitted: true, help_contact: null }
const codeOf = async (refused: Promise<{ body: { code?: unknown } }>) => (await refused).body.code

describe('the service', () => {
  it('[H15] [M12] says its notice to everybody, until it is taken down', async () => {
    expect(await service()).toEqual(open)
    const notice = 'We are back at 9.'
    expect(await stage.call('admin/change-service', { notice }, ada)).toEqual({ ...open, notice })
    expect(await service()).toEqual({ ...open, notice })
    await stage.call('admin/change-service', { notice: null }, ada)
    expect(await service()).toEqual(open)
    await stage.call('admin/change-service', { notice: `Long\n${'x'.repeat(200)}` }, ada)
    await stage.call('admin/change-service', { notice: null }, ada)
    const { entries } = await stage.call('admin/audit', { by: ada.id }, ada)
    expect(entries.map(({ what, detail }) => [what, detail])).toEqual([
      ['take_down_notice', undefined],
      ['notice', `Long ${'x'.repeat(75)} …`],
      ['take_down_notice', undefined],
      ['notice', notice],
    ])
  })

  it('[H15] may be kept for twenty seconds', async () => {
    const answer = await fetch(`${stage.runtime.url}/api/service`)
    expect(answer.headers.get('cache-control')).toBe('public, max-age=20')
  })

  it('[M12] [A17] closes registration and the door to guests; who is in stays', async () => {
    const bo = await stage.guest('Bo')
    await stage.call('admin/change-service', { is_registration_open: false, are_guests_admitted: false }, ada)
    expect(await codeOf(stage.refused('auth/guest', { display_name: 'Cy' }))).toBe('guests_closed')
    const form = { email: 'cy@example.com', password: 'correct horse', display_name: 'Cy' }
    expect(await codeOf(stage.refused('auth/register', form))).toBe('registration_closed')
    expect(await codeOf(stage.refused('auth/register', form, bo))).toBe('registration_closed')
    await stage.call('rooms/create', { is_private: false }, bo)
    await stage.call('admin/change-service', { is_registration_open: true, are_guests_admitted: true }, ada)
    await stage.call('auth/register', form, bo)
  })
})

describe('now', () => {
  it('[M2] who is there is counted, and what happened lately, each missing where it is nothing', async () => {
    const { code, host } = await stage.room()
    const bo = await stage.member(code, 'Bo')
    const tabs = [await stage.enter(code, host), await stage.enter(code, bo), await stage.enter(code, bo)]
    await stage.settled()
    tabs[0]?.send({ type: 'PLAY', time: 1 })
    await tabs[1]?.next('PLAY')
    await stage.settled()
    stage.elapse(11_000)
    tabs[0]?.send({ type: 'PAUSE', time: 1 })
    await tabs[1]?.next('PAUSE')
    await stage.settled()
    const now = await stage.call('admin/now', {}, ada)
    expect(now).toMatchObject({ rooms: 1, people: 2, sockets: 3, is_more: false })
    expect(now.spans).toHaveLength(12)
    const commands = now.spans.reduce((sum, { counts }) => sum + (counts.commands ?? 0), 0)
    expect(commands).toBeGreaterThanOrEqual(1)
    expect(now.delivery.p50).toEqual(expect.any(Number))
    expect((await stage.call('admin/now', { period: 'day' }, ada)).spans).toHaveLength(24)
    expect((await stage.call('admin/now', { period: 'month' }, ada)).spans).toHaveLength(30)
    for (const tab of tabs) await tab.close()
  })
})

describe('the audit of everything', () => {
  it('[M13] is filtered by who, whom, what and when, and comes in pages', async () => {
    const { code, host } = await stage.room()
    const bo = await stage.member(code, 'Bo')
    const about = { room_id: code, user_id: bo.id }
    for (let count = 0; count < 30; count += 1) {
      await stage.call('rooms/mute', { ...about, seconds: 60 }, host)
      await stage.call('rooms/unmute', about, host)
      // [R37] Nobody decides so much at once.
      stage.elapse(1_000)
    }
    const all: string[] = []
    let cursor: string | null | undefined
    do {
      const page = await stage.call('admin/audit', { by: host.id, ...(cursor != null && { cursor }) }, ada)
      all.push(...page.entries.map(({ id }) => id))
      cursor = page.next
    } while (cursor !== null)
    expect(all).toHaveLength(60)
    expect(all).toEqual([...new Set(all)].toSorted().toReversed())
    const muted = await stage.call('admin/audit', { whom: bo.id, what: 'mute' }, ada)
    expect(muted.entries.every(({ what, whom_id }) => what === 'mute' && whom_id === bo.id)).toBe(true)
    expect(muted.entries.length).toBeGreaterThan(10)
    expect(muted.entries[0]).toMatchObject({ room: code, from: expect.stringMatching(/\/(24|48)$/) })
    const now = stage.services.clock()
    const later = await stage.call('admin/audit', { from: String(now + DAY_MS) as never }, ada)
    expect(later).toEqual({ entries: [], next: null })
    const before = await stage.call('admin/audit', { to: String(now - DAY_MS) as never }, ada)
    expect(before).toEqual({ entries: [], next: null })
    const far = String(2 ** 48 - 1) as never
    expect(await stage.call('admin/audit', { from: far, to: far }, ada)).toEqual({ entries: [], next: null })
    expect((await stage.call('admin/audit', { to: far, by: host.id }, ada)).entries.length).toBeGreaterThan(10)
    const within = { from: String(now - DAY_MS) as never, to: String(now + 1) as never }
    expect((await stage.call('admin/audit', { ...within, by: host.id }, ada)).entries.length).toBeGreaterThan(10)
    expect(await codeOf(stage.refused('admin/audit', { what: 'nothing' as never }, ada))).toBe('invalid_field')
  })

  it('[M13] goes back over the turn of a month', async () => {
    const { code, host } = await stage.room()
    await stage.call('rooms/settings', { room_id: code, name: 'Before' }, host)
    stage.elapse(40 * DAY_MS)
    const later = await administrator(stage, 'Later')
    const { entries } = await stage.call('admin/audit', { by: host.id, what: 'settings' }, later)
    expect(entries).toMatchObject([{ what: 'settings', room: code, changed: ['name'] }])
  })
})
