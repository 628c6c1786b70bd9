import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import type { DecisionName } from '../../protocol/decisions.ts'
import { DECISION_EVERY_MS, DECISIONS_PER_PAGE } from '../../protocol/limits.ts'
import type { RouteName } from '../../protocol/routes.ts'
import { setUpStage } from '../staging/set-up-stage.ts'
import type { Person } from '../staging/stage.ts'

const stage = setUpStage()

const FORGED = { 'x-streamit-viewer': '203.0.113.7', 'x-streamit-edge': 'guessed', 'x-forwarded-for': '203.0.113.7' }

const functionOf = (id: string) => {
  const found = stage.runtime.functions.find(({ logicalId }) => logicalId.slice(0, -8) === id)
  if (found === undefined) throw new Error(`There is no function ${id}.`)
  return found
}
const auditOf = async (code: string, host: Person) => (await stage.call('rooms/audit', { room_id: code }, host)).entries

const Kept = z.object({
  ...{ id: z.string(), what: z.string(), by: z.string(), by_id: z.string(), at: z.number(), from: z.string() },
  ...{ outcome: z.string(), ttl: z.number() },
})
/** What stands in the table, whoever may read it. */
const keptIn = async (code: string) => {
  const { coreTableName, queryAll } = await import('../../functions/table/client.ts')
  const items = await queryAll({
    TableName: coreTableName(),
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': `AUDIT#${code}` },
  })
  return { items: items.map((item) => Kept.parse(item)), text: JSON.stringify(items) }
}

type Staged = { code: string; host: Person; ana: Person }
/** Ana is in the state in which the decision about her can be made. */
const waiting = async (): Promise<Staged> => {
  const { code, host } = await stage.room({ is_private: true, entry_mode: 'APPROVAL' })
  return { code, host, ana: await stage.member(code, 'Ana') }
}
const inside = async (): Promise<Staged> => {
  const { code, host } = await stage.room()
  return { code, host, ana: await stage.member(code, 'Ana') }
}

const about = ({ code, ana }: Staged) => ({ room_id: code, user_id: ana.id, seconds: 60, role: 'cohost' })
const aboutAna: [what: DecisionName, route: RouteName, arrange: () => Promise<Staged>][] = [
  ['approve', 'rooms/approve', waiting],
  ['reject', 'rooms/reject', waiting],
  ['kick', 'rooms/kick', inside],
  ['ban', 'rooms/ban', inside],
  ['mute', 'rooms/mute', inside],
  ['unmute', 'rooms/unmute', inside],
  ['appoint', 'rooms/role', inside],
  ['transfer', 'rooms/transfer', inside],
]

describe('a decision', () => {
  it.each(aboutAna)('[R40] %s says who, what, whom and when, and that it was done', async (what, route, arrange) => {
    const staged = await arrange()
    const before = stage.services.clock()
    await stage.call(route, about(staged), staged.host)
    const [entry, ...others] = await auditOf(staged.code, staged.host)
    expect(others).toEqual([])
    expect(entry).toEqual({
      id: expect.stringMatching(/^[0-9A-Z]{26}$/),
      ...{ what, by: 'Hana', by_id: staged.host.id, whom: 'Ana', whom_id: staged.ana.id },
      at: expect.any(Number),
      outcome: 'done',
    })
    expect(entry?.at).toBeGreaterThanOrEqual(before)
    expect(entry?.at).toBeLessThanOrEqual(stage.services.clock())
  })

  it('[R40] is a lifted ban and declining everybody as well, newest first', async () => {
    const { code, host, ana } = await waiting()
    await stage.call('rooms/reject-all', { room_id: code }, host)
    await stage.call('rooms/ban', { room_id: code, user_id: ana.id }, host)
    await stage.call('rooms/unban', { room_id: code, user_id: ana.id }, host)
    expect((await auditOf(code, host)).map(({ what, whom }) => [what, whom])).toEqual([
      ['unban', 'Ana'],
      ['ban', 'Ana'],
      ['reject_all', null],
    ])
  })

  it('[R40] of a co-host names the co-host, and says when they are none any more', async () => {
    const { code, host, ana } = await inside()
    const bo = await stage.member(code, 'Bo')
    await stage.call('rooms/role', { room_id: code, user_id: ana.id, role: 'cohost' }, host)
    await stage.call('rooms/kick', { room_id: code, user_id: bo.id }, ana)
    await stage.call('rooms/role', { room_id: code, user_id: ana.id, role: 'participant' }, host)
    expect((await auditOf(code, host)).map(({ by, what, whom }) => [by, what, whom])).toEqual([
      ['Hana', 'dismiss', 'Ana'],
      ['Ana', 'kick', 'Bo'],
      ['Hana', 'appoint', 'Ana'],
    ])
    expect(await stage.refused('rooms/audit', { room_id: code }, ana)).toMatchObject({ status: 403 })
  })

  it('[R6] [R40] names a co-host as the room knows them', async () => {
    const { code, host } = await inside()
    const [second, bo] = [await stage.member(code, 'Ana'), await stage.member(code, 'Bo')]
    await stage.call('rooms/role', { room_id: code, user_id: second.id, role: 'cohost' }, host)
    await stage.call('rooms/kick', { room_id: code, user_id: bo.id }, second)
    await stage.call('rooms/unban', { room_id: code, user_id: bo.id }, second)
    await stage.handOver(code, host, second)
    expect((await auditOf(code, second)).map(({ by, what }) => [by, what])).toEqual([
      ['Ana 2', 'accept_transfer'],
      ['Hana', 'transfer'],
      ['Ana 2', 'unban'],
      ['Ana 2', 'kick'],
      ['Hana', 'appoint'],
    ])
  })

  it('[R40] about settings says what changed, and never a password', async () => {
    const { code, host } = await stage.room({ name: 'Films' })
    const media = { url: 'https://v.example/a.mp4', title: null, duration: null }
    const asked = { name: 'Films', is_chat_enabled: false, guests_allowed: true, media }
    await stage.call('rooms/settings', { room_id: code, ...asked }, host)
    const entry = { is_private: true, entry_mode: 'PASSWORD' as const }
    const { room_password = '' } = await stage.call('rooms/settings', { room_id: code, ...entry }, host)
    const [second, first] = await auditOf(code, host)
    expect(first).toMatchObject({ what: 'settings', whom: null, changed: ['is_chat_enabled', 'media'] })
    expect(second?.changed).toEqual(['is_private', 'entry_mode', 'is_listed', 'password'])
    const { text } = await keptIn(code)
    expect(room_password).toMatch(/\w{6}/)
    expect(text).not.toContain(room_password)
    expect(text).not.toContain('password_hash')
  })

  it('[R40] about what a player found out of the video is none', async () => {
    const { code, host } = await stage.room({ media: { url: 'https://v.example/a.mp4', title: null, duration: null } })
    const learned = { url: 'https://v.example/a.mp4', duration: 60 }
    await stage.call('rooms/settings', { room_id: code, learned }, host)
    expect(await auditOf(code, host)).toEqual([])
  })

  it('[R40] to delete a room is kept, also where the account goes with it', async () => {
    const { code, host } = await stage.room()
    await stage.call('rooms/delete', { room_id: code }, host)
    const other = await stage.room()
    await stage.call('auth/delete', {}, other.host)
    for (const one of [{ code, host }, other])
      expect((await keptIn(one.code)).items).toMatchObject([
        { what: 'delete_room', by: 'Hana', by_id: one.host.id, outcome: 'done' },
      ])
  })

  it('[R40] of a hand-over names the other one, each time that the room changes hands', async () => {
    const { code, host, ana } = await inside()
    await stage.call('rooms/role', { room_id: code, user_id: ana.id, role: 'cohost' }, host)
    await stage.enter(code, ana)
    await stage.settled()
    const takeOver = async () => {
      stage.elapse(61_000)
      await stage.call('rooms/take-over', { room_id: code }, ana)
    }
    await takeOver()
    await stage.call('rooms/take-back', { room_id: code }, host)
    await stage.call('rooms/transfer', { room_id: code, user_id: ana.id }, host)
    await stage.call('rooms/accept-transfer', { room_id: code, accept: false }, ana)
    await stage.handOver(code, host, ana)
    await stage.handOver(code, ana, host)
    await stage.call('rooms/role', { room_id: code, user_id: ana.id, role: 'cohost' }, host)
    await takeOver()
    await stage.call('auth/delete', {}, ana)
    const entries = await auditOf(code, host)
    expect(entries.every(({ outcome }) => outcome === 'done')).toBe(true)
    expect(entries.map(({ by, what, whom }) => [by, what, whom])).toEqual([
      ['Ana', 'give_back', 'Hana'],
      ['Ana', 'take_over', 'Hana'],
      ['Hana', 'appoint', 'Ana'],
      ['Hana', 'accept_transfer', 'Ana'],
      ['Ana', 'transfer', 'Hana'],
      ['Ana', 'accept_transfer', 'Hana'],
      ['Hana', 'transfer', 'Ana'],
      ['Ana', 'decline_transfer', 'Hana'],
      ['Hana', 'transfer', 'Ana'],
      ['Hana', 'take_back', 'Ana'],
      ['Ana', 'take_over', 'Hana'],
      ['Hana', 'appoint', 'Ana'],
    ])
  })

  it('[R40] is kept with the address that it came from, shortened, whatever the caller says', async () => {
    const { code, host, ana } = await inside()
    const body = { room_id: code, user_id: ana.id }
    const { status } = await stage.request('POST', '/api/rooms/kick', { body, token: host.token, headers: FORGED })
    expect(status).toBe(200)
    const { items } = await keptIn(code)
    expect(items[0]?.from).toMatch(/^(127\.0\.0\.0\/24|0:0:0::\/48)$/)
    expect(JSON.stringify(await auditOf(code, host))).not.toContain('127.0.0')
  })

  it('[H10] [R40] of a call that goes past the edge is kept with the address that the gateway saw', async () => {
    const { code, host, ana } = await inside()
    await stage.runtime.invoke(functionOf('Api').logicalId, {
      version: '2.0',
      rawPath: '/api/rooms/kick',
      headers: { authorization: `Bearer ${host.token}`, ...FORGED },
      body: JSON.stringify({ room_id: code, user_id: ana.id }),
      isBase64Encoded: false,
      requestContext: {
        http: { method: 'POST', path: '/api/rooms/kick', sourceIp: '2001:db8:1:2::7' },
        timeEpoch: stage.services.clock(),
      },
    })
    const { items } = await keptIn(code)
    expect(items).toMatchObject([{ what: 'kick', from: '2001:db8:1::/48', outcome: 'done' }])
  })

  it('[R40] is kept for as many days as the setting says', async () => {
    const { code, host, ana } = await inside()
    await stage.call('rooms/kick', { room_id: code, user_id: ana.id }, host)
    const [kept] = (await keptIn(code)).items
    expect(kept?.ttl).toBe(Math.floor(((kept?.at ?? 0) + 90 * 24 * 3600 * 1000) / 1000))
    const { environment } = functionOf('Api')
    const days = environment.AUDIT_DAYS
    environment.AUDIT_DAYS = '0'
    expect(await auditOf(code, host)).toEqual([])
    environment.AUDIT_DAYS = String(days)
    expect(await auditOf(code, host)).toHaveLength(1)
  })
})

describe('what was not carried out', () => {
  it('[R40] is refused, with the reason', async () => {
    const { code, host } = await inside()
    await stage.refused('rooms/kick', { room_id: code, user_id: host.id }, host)
    expect(await auditOf(code, host)).toMatchObject([
      { what: 'kick', whom: 'Hana', outcome: 'refused', code: 'host_must_stay' },
    ])
  })

  it.each([
    ...aboutAna.map(([, route]) => route),
    'rooms/unban',
    'rooms/reject-all',
    'rooms/settings',
    'rooms/delete',
  ] as const)('[R40] leaves nothing where the caller has no right: %s', async (route) => {
    const { code, ana } = await inside()
    const bo = await stage.member(code, 'Bo')
    const body = { room_id: code, user_id: bo.id, seconds: 60, role: 'cohost', name: 'Mine' }
    expect(await stage.refused(route, body, ana)).toMatchObject({ body: { code: 'not_host' } })
    expect((await keptIn(code)).items).toEqual([])
  })

  it('[R40] stays an intention where the function ended in between, beside what was done later', async () => {
    const { code, host, ana } = await inside()
    stage.runtime.faults.killInvocation = ({ service, action }) =>
      service === 'dynamodb' && action === 'TransactWriteItems'
    expect(await stage.refused('rooms/ban', { room_id: code, user_id: ana.id }, host)).toMatchObject({ status: 500 })
    stage.runtime.faults.reset()
    expect(await auditOf(code, host)).toMatchObject([{ what: 'ban', whom: 'Ana', outcome: 'intended' }])
    await stage.call('rooms/ban', { room_id: code, user_id: ana.id }, host)
    expect((await auditOf(code, host)).map(({ outcome }) => outcome)).toEqual(['done', 'intended'])
  })

  it('[R40] is not carried out where it cannot be kept', async () => {
    const { code, host, ana } = await inside()
    stage.runtime.faults.killInvocation = ({ service, action }) => service === 'dynamodb' && action === 'PutItem'
    expect(await stage.refused('rooms/mute', { room_id: code, user_id: ana.id, seconds: 60 }, host)).toMatchObject({
      status: 500,
    })
    stage.runtime.faults.reset()
    const { participants } = await stage.call('rooms/participants', { room_id: code }, host)
    expect(participants.find(({ id }) => id === ana.id)).toMatchObject({ muted_until: null })
  })
})

describe('GET rooms/audit', () => {
  it('[R41] is for those who moderate', async () => {
    const { code, host, ana } = await inside()
    for (const caller of [ana, await stage.guest('Bo')])
      expect(await stage.refused('rooms/audit', { room_id: code }, caller)).toMatchObject({
        status: 403,
        body: { code: 'not_host' },
      })
    expect(await stage.call('rooms/audit', { room_id: code }, host)).toEqual({ entries: [], next: null })
  })

  it('[H7] [R41] comes in pages', async () => {
    const { code, host, ana } = await inside()
    const count = DECISIONS_PER_PAGE + 3
    for (let nth = 0; nth < count; nth += 1) {
      await stage.call('rooms/mute', { room_id: code, user_id: ana.id, seconds: nth + 1 }, host)
      stage.elapse(DECISION_EVERY_MS)
    }
    const first = await stage.call('rooms/audit', { room_id: code }, host)
    expect(first.entries).toHaveLength(DECISIONS_PER_PAGE)
    const second = await stage.call('rooms/audit', { room_id: code, cursor: first.next }, host)
    expect(second).toMatchObject({ next: null })
    const ids = [...first.entries, ...second.entries].map(({ id }) => id)
    expect(ids).toHaveLength(count)
    const times = [...first.entries, ...second.entries].map(({ at }) => at)
    expect(times).toEqual([...times].sort((a, b) => b - a))
    expect(new Set(ids).size).toBe(count)
  })

  it('[R41] with a cursor that is none is 400, and of one from before all of it empty', async () => {
    const { code, host, ana } = await inside()
    await stage.call('rooms/kick', { room_id: code, user_id: ana.id }, host)
    const cursorOf = (place: string) => Buffer.from(place).toString('base64url')
    for (const cursor of ['', '%', cursorOf('nowhere'), cursorOf(`${'0'.repeat(25)}#`)])
      expect(await stage.refused('rooms/audit', { room_id: code, cursor }, host)).toMatchObject({
        status: 400,
        body: { code: 'invalid_field', error: expect.stringContaining('"cursor"') },
      })
    const early = { room_id: code, cursor: cursorOf('0'.repeat(26)) }
    expect(await stage.call('rooms/audit', early, host)).toEqual({ entries: [], next: null })
  })

  it("[R41] is nobody's once the room has ended, though it is kept for its days", async () => {
    const { code, host, ana } = await inside()
    await stage.call('rooms/kick', { room_id: code, user_id: ana.id }, host)
    await stage.call('rooms/delete', { room_id: code }, host)
    await stage.runtime.invoke(functionOf('Sweep').logicalId)
    expect(await stage.refused('rooms/audit', { room_id: code }, host)).toMatchObject({ status: 404 })
    expect((await keptIn(code)).items.map(({ what }) => what)).toEqual(['kick', 'delete_room'])
  })
})
