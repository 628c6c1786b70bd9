import { beforeAll, describe, expect, it } from 'vitest'
import { account, administrator } from '../staging/administrator.ts'
import { holdUpdate } from '../staging/hold-update.ts'
import { setUpStage } from '../staging/set-up-stage.ts'
import { refusedWith } from '../staging/socket.ts'
import type { Person } from '../staging/stage.ts'

const stage = setUpStage()
let ada: Person & { email: string }
beforeAll(async () => {
  ada = await administrator(stage, 'Ada')
})

const PASSWORD = 'correct horse'
const DAY_MS = 24 * 3600_000
const found = async (search: string) => (await stage.call('admin/people', { search }, ada)).people
const codeOf = async (refused: Promise<{ body: { code?: unknown } }>) => (await refused).body.code
const person = (one: Person) => stage.call('admin/person', { user_id: one.id }, ada)
/** The id of whoever signs in once more, so that the administrator's password was typed just now. */
const again = async (one: { email: string }) => {
  const { access_token } = await stage.call('auth/login', { email: one.email, password: PASSWORD })
  return access_token
}

describe('people', () => {
  it('[M7] are found by id, by e-mail in any case, and by the beginning of the name that they have by now', async () => {
    const bo = await account(stage, 'Bonifatius')
    const shown = { id: bo.id, display_name: 'Bonifatius', is_guest: false, email: bo.email, banned_at: null }
    for (const search of [bo.id, bo.email.toUpperCase(), 'BONIF', ' bonifatius '])
      expect(await found(search), search).toMatchObject([shown])
    stage.elapse(11_000)
    await stage.call('auth/name', { display_name: 'Winfried' }, bo)
    expect(await found('bonif')).toEqual([])
    expect(await found('winf')).toMatchObject([{ id: bo.id }])
    const guest = await stage.guest('Gustav the guest')
    expect(await found('gustav')).toMatchObject([{ id: guest.id, is_guest: true, email: null }])
    await stage.call(
      'auth/register',
      { email: 'gustav@example.com', password: PASSWORD, display_name: 'Gustav' },
      guest,
    )
    expect(await found('gustav')).toMatchObject([{ id: guest.id, is_guest: false, display_name: 'Gustav' }])
  })

  it('[M7] come in pages, each once', async () => {
    await Promise.all(Array.from({ length: 30 }, (_, index) => stage.guest(`Crowd ${index}`)))
    const first = await stage.call('admin/people', { search: 'crowd' }, ada)
    expect(first.people).toHaveLength(25)
    const second = await stage.call('admin/people', { search: 'crowd', cursor: first.next ?? '' }, ada)
    expect(second).toMatchObject({ next: null })
    expect(new Set([...first.people, ...second.people].map(({ id }) => id)).size).toBe(30)
    expect((await stage.call('admin/people', {}, ada)).people).toHaveLength(25)
    for (const search of ['ﷺ'.repeat(250), '#', '\u{10ffff}', 'a#b'])
      expect((await stage.call('admin/people', { search }, ada)).people, search).toEqual([])
  })

  it('[M7] one is shown with their rooms, and when they were last seen', async () => {
    const { code, host } = await stage.room({ name: 'Theirs' })
    expect(await person(host)).toMatchObject({
      person: { id: host.id, is_guest: true, last_seen_at: expect.any(Number), is_network_known: true },
      rooms: [{ code, name: 'Theirs', is_host: true, status: 'APPROVED', is_present: false }],
    })
    const socket = await stage.enter(code, host)
    await stage.settled()
    expect((await person(host)).rooms).toMatchObject([{ is_present: true }])
    await socket.close()
    expect(await codeOf(stage.refused('admin/person', { user_id: 'nobody' }, ada))).toBe('person_not_found')
  })
})

describe('a ban everywhere', () => {
  it('[M8] [A17] ends tokens and sockets, keeps them out, and is taken back', async () => {
    const bo = await account(stage, 'Bo')
    const { code, host } = await stage.room()
    await stage.call('rooms/join', { code }, bo)
    const [hana, socket] = [await stage.enter(code, host), await stage.enter(code, bo)]
    await stage.call('admin/ban-person', { user_id: bo.id }, ada)
    expect(await socket.next('REMOVED')).toMatchObject({ code: 'signed_out' })
    expect(await hana.next('USER_LEFT')).toMatchObject({ user_id: bo.id })
    expect(await codeOf(stage.refused('auth/me', {}, bo))).toBe('unauthorized')
    const credentials = { email: bo.email, password: PASSWORD }
    expect(await codeOf(stage.refused('auth/login', credentials))).toBe('service_banned')
    const wrong = { email: bo.email, password: 'not this one' }
    expect(await codeOf(stage.refused('auth/login', wrong))).toBe('invalid_credentials')
    expect((await person(bo)).person.banned_at).toEqual(expect.any(Number))
    // Asked again.
    await stage.call('admin/ban-person', { user_id: bo.id }, ada)
    await stage.call('admin/unban-person', { user_id: bo.id }, ada)
    expect((await stage.call('auth/login', credentials)).id).toBe(bo.id)
    const { entries } = await stage.call('admin/audit', { whom: bo.id }, ada)
    expect(entries.map(({ what, by_id, room }) => [what, by_id, room])).toEqual([
      ['unban_person', ada.id, null],
      ['ban_person', ada.id, null],
      ['ban_person', ada.id, null],
    ])
  })

  it('[M8] holds against a change of password that came at the same moment', async () => {
    const { table } = await import('../../functions/table/client.ts')
    const bo = await account(stage, 'Bo')
    const { code } = await stage.room()
    await stage.call('rooms/join', { code }, bo)
    const saving = holdUpdate(table, 'password_hash')
    const changing = stage.request('POST', '/api/auth/password', {
      body: { current: PASSWORD, new: 'another horse' },
      token: bo.token,
    })
    await saving.hasArrived
    await stage.call('admin/ban-person', { user_id: bo.id }, ada)
    saving.letThrough()
    expect((await changing).status).toBe(401)
    expect(await codeOf(stage.refused('auth/me', {}, bo))).toBe('unauthorized')
    expect(await refusedWith(stage.runtime.roomUrl(code, bo.token))).toBe(401)
  })

  it('[M8] holds for a token that a function of before the bans has spared', async () => {
    const bo = await account(stage, 'Bo')
    const { userKey } = await import('../../functions/table/keys.ts')
    const { change } = await import('../../functions/table/change.ts')
    await change(userKey(bo.id), { set: { banned_at: Date.now() } })
    expect(await codeOf(stage.refused('auth/me', {}, bo))).toBe('unauthorized')
  })

  it('[M8] [M11] and the flag, given at the same moment, never come together', async () => {
    const bo = await account(stage, 'Bo')
    const { table } = await import('../../functions/table/client.ts')
    const { makeAdmin, userById } = await import('../../functions/table/users.ts')
    const banning = holdUpdate(table, 'banned_at')
    const banned = stage.request('POST', '/api/admin/ban-person', { body: { user_id: bo.id }, token: ada.token })
    await banning.hasArrived
    await makeAdmin(bo.id)
    banning.letThrough()
    expect((await banned).body.code).toBe('still_admin')
    const cy = await account(stage, 'Cy')
    await stage.call('admin/ban-person', { user_id: cy.id }, ada)
    expect(await makeAdmin(cy.id)).toBe(false)
    expect(await userById(bo.id, Date.now())).toMatchObject({ is_admin: true, banned_at: null })
    await stage.call('admin/flag', { user_id: bo.id, is_admin: false }, ada)
  })

  it('[M8] spares administrators, and knows who is not there', async () => {
    const eve = await administrator(stage, 'Eve')
    expect(await codeOf(stage.refused('admin/ban-person', { user_id: eve.id }, ada))).toBe('still_admin')
    expect(await codeOf(stage.refused('admin/ban-person', { user_id: 'nobody' }, ada))).toBe('person_not_found')
    expect(await codeOf(stage.refused('admin/unban-person', { user_id: 'nobody' }, ada))).toBe('person_not_found')
  })
})

describe('a network', () => {
  it("[M9] [A17] of a person is refused everywhere, but not an administrator's, for as long as was said", async () => {
    const bo = await stage.guest('Bo')
    const { code, host } = await stage.room()
    const ban = await stage.call('admin/ban-network', { user_id: bo.id, days: 2 }, ada)
    expect(ban).toMatchObject({ note: 'Bo', by: 'Ada', by_id: ada.id })
    expect(await codeOf(stage.refused('auth/guest', { display_name: 'Cy' }))).toBe('service_banned')
    expect(await codeOf(stage.refused('rooms/join', { code }, bo))).toBe('service_banned')
    expect(await codeOf(stage.refused('auth/refresh', {}, bo))).toBe('service_banned')
    expect(await refusedWith(stage.runtime.roomUrl(code, host.token))).toBe(403)
    expect(await codeOf(stage.refused('rooms/detail', { code }, host))).toBe('service_banned')
    expect(await codeOf(stage.refused('rooms/detail', { code }, bo))).toBe('not_a_member')
    expect(await codeOf(stage.refused('rooms/create', { is_private: false }, host))).toBe('service_banned')
    const form = { email: 'cy@example.com', password: PASSWORD, display_name: 'Cy' }
    expect(await codeOf(stage.refused('auth/register', form))).toBe('service_banned')
    await again(ada)
    expect((await stage.call('admin/networks', {}, ada)).networks).toEqual([ban])
    const fromElsewhere = await stage.request('POST', '/api/auth/guest', { body: { display_name: 'Cy' } })
    expect(fromElsewhere.body.code).toBe('service_banned')
    await stage.call('admin/unban-network', { network_id: ban.id }, ada)
    await stage.call('admin/unban-network', { network_id: ban.id }, ada)
    const { entries } = await stage.call('admin/audit', { by: ada.id }, ada)
    const hash = ban.id.slice(0, 8)
    expect(entries.slice(0, 3).map(({ what, whom, detail }) => [what, whom, detail])).toEqual([
      ['unban_network', null, hash],
      ['unban_network', null, `${hash}: Bo`],
      ['ban_network', 'Bo', `${hash}: Bo`],
    ])
    await stage.guest('Cy')
    expect((await stage.call('admin/networks', {}, ada)).networks).toEqual([])
  })

  it('[M9] ends by itself, and of an address only a hash is kept', async () => {
    const ban = await stage.call('admin/ban-network', { address: '127.0.0.1', days: 1, note: 'a note' }, ada)
    const { coreTableName, queryAll } = await import('../../functions/table/client.ts')
    const items = await queryAll({
      TableName: coreTableName(),
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': 'BANNED' },
    })
    expect(items).toMatchObject([{ id: ban.id, note: 'a note' }])
    expect(JSON.stringify(items)).not.toContain('127.0.0')
    expect(await codeOf(stage.refused('auth/guest', { display_name: 'Cy' }))).toBe('service_banned')
    stage.elapse(DAY_MS)
    await stage.guest('Cy')
    ada.token = await again(ada)
    expect((await stage.call('admin/networks', {}, ada)).networks).toEqual([])
  })

  it('[M9] of somebody whose network was never noted cannot be banned', async () => {
    const bo = await stage.guest('Bo')
    const { noteSignIn } = await import('../../functions/table/people.ts')
    await noteSignIn(bo.id, null, Date.now())
    const refused = stage.refused('admin/ban-network', { user_id: bo.id, days: 1 }, ada)
    expect(await codeOf(refused)).toBe('network_unknown')
  })
})

describe('a forgotten password', () => {
  const made = async (user_id: string) => {
    const { path, until } = await stage.call('admin/reset-link', { user_id }, ada)
    const [, id = '', secret = ''] = /^\/reset#(.+)\.(.+)$/.exec(path) ?? []
    return { user_id: id, secret, until }
  }

  it('[M10] [A16] is set anew once with the newest link, and ends every token', async () => {
    const bo = await account(stage, 'Bo')
    const [former, { until: _, ...link }] = [await made(bo.id), await made(bo.id)]
    expect(link.user_id).toBe(bo.id)
    const next = { new: 'another horse' }
    const wrong = [
      { ...former, ...next },
      { ...link, secret: `${link.secret}x`, ...next },
      { ...link, user_id: ada.id, ...next },
      { ...link, user_id: 'nobody', ...next },
    ]
    for (const body of wrong) expect(await codeOf(stage.refused('auth/reset', body))).toBe('link_ended')
    await stage.call('auth/reset', { ...link, ...next })
    expect(await codeOf(stage.refused('auth/me', {}, bo))).toBe('unauthorized')
    await stage.call('auth/login', { email: bo.email, password: 'another horse' })
    expect(await codeOf(stage.refused('auth/reset', { ...link, new: 'a third horse' }))).toBe('link_ended')
    const { entries } = await stage.call('admin/audit', { whom: bo.id }, ada)
    expect(entries.map(({ what, by_id, outcome, is_admin }) => [what, by_id, outcome, is_admin])).toEqual([
      ['reset_used', bo.id, 'done', undefined],
      ['reset_link', ada.id, 'done', true],
      ['reset_link', ada.id, 'done', true],
    ])
  })

  it('[A16] can be asked again, and at one moment: the password is set once, and tokens after it hold', async () => {
    const bo = await account(stage, 'Bo')
    const { until: _, ...link } = await made(bo.id)
    const ask = () => stage.call('auth/reset', { ...link, new: 'another horse' })
    await Promise.all([ask(), ask()])
    const { access_token: token } = await stage.call('auth/login', { email: bo.email, password: 'another horse' })
    expect(await ask()).toEqual({ success: true })
    const used = await stage.call('admin/audit', { by: bo.id, what: 'reset_used' }, ada)
    expect(new Set(used.entries.map(({ outcome }) => outcome))).toEqual(new Set(['done']))
    expect(await stage.call('auth/me', {}, { ...bo, token })).toMatchObject({ id: bo.id })
    await stage.call('auth/password', { current: 'another horse', new: 'a third horse' }, { ...bo, token })
    expect(await codeOf(stage.refused('auth/reset', { ...link, new: 'another horse' }))).toBe('link_ended')
  })

  it('[A16] ends with a change of the password, and with a ban', async () => {
    const [bo, cy] = [await account(stage, 'Bo'), await account(stage, 'Cy')]
    const [{ until: _, ...ofBo }, { until: __, ...ofCy }] = [await made(bo.id), await made(cy.id)]
    await stage.call('auth/password', { current: PASSWORD, new: 'another horse' }, bo)
    await stage.call('admin/ban-person', { user_id: cy.id }, ada)
    await stage.call('admin/unban-person', { user_id: cy.id }, ada)
    for (const link of [ofBo, ofCy])
      expect(await codeOf(stage.refused('auth/reset', { ...link, new: 'a third horse' }))).toBe('link_ended')
  })

  it('[M10] [A16] holds for 24 hours, and no guest has one', async () => {
    const bo = await account(stage, 'Bo')
    const { until, ...link } = await made(bo.id)
    stage.elapse(DAY_MS)
    expect(until).toBeLessThanOrEqual(stage.services.clock())
    expect(await codeOf(stage.refused('auth/reset', { ...link, new: 'another horse' }))).toBe('link_ended')
    await stage.call('auth/login', { email: bo.email, password: PASSWORD })
    ada.token = await again(ada)
    const guest = await stage.guest('Gus')
    expect(await codeOf(stage.refused('admin/reset-link', { user_id: guest.id }, ada))).toBe('person_not_found')
  })
})

describe('the flag', () => {
  const flag = (by: Person, of: Person, is_admin: boolean) =>
    stage.request('POST', '/api/admin/flag', { body: { user_id: of.id, is_admin }, token: by.token })

  it('[M11] is given to an account and taken back, at once', async () => {
    const bo = await account(stage, 'Bo')
    expect(await codeOf(stage.refused('admin/now', {}, bo))).toBe('not_admin')
    await stage.call('admin/flag', { user_id: bo.id, is_admin: true }, ada)
    await stage.call('admin/now', {}, bo)
    await stage.call('admin/flag', { user_id: bo.id, is_admin: false }, ada)
    expect(await codeOf(stage.refused('admin/now', {}, bo))).toBe('not_admin')
    const guest = await stage.guest('Gus')
    expect((await flag(ada, guest, true)).body.code).toBe('person_not_found')
  })

  it('[M11] stays with the last one, also where two take it from each other at once', async () => {
    const [cy, di] = [await administrator(stage, 'Cy'), await administrator(stage, 'Di')]
    const { adminsOf } = await import('../staging/administrator.ts')
    for (const id of await adminsOf()) if (![cy.id, di.id].includes(id)) await flag(cy, { id } as Person, false)
    const answers = await Promise.all([flag(cy, di, false), flag(di, cy, false)])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, expect.any(Number)])
    const left = await adminsOf()
    expect(left).toHaveLength(1)
    const last = left[0] === cy.id ? cy : di
    expect((await flag(last, last, false)).body.code).toBe('last_admin')
    const { code } = await stage.call('rooms/create', { is_private: false }, last)
    expect(await codeOf(stage.refused('auth/delete', {}, last))).toBe('last_admin')
    await stage.call('rooms/detail', { code }, last)
    await stage.call('admin/now', {}, last)
    const { makeAdmin } = await import('../../functions/table/users.ts')
    await makeAdmin(ada.id)
    expect(await stage.call('auth/delete', {}, last)).toEqual({ success: true })
    expect(await adminsOf()).toEqual([ada.id])
  })
})
