import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RouteName, routes } from '../../protocol/routes.ts'
import { versions } from './recorded.ts'
import { type Replay, replay } from './replay.ts'

/** The public list of before, as it is shown now: without empty rooms, those with most people first, one of each host. */
const publicSince = (answer: Record<string, unknown>) => {
  const { rooms } = routes['rooms/public'].answer.parse(answer)
  const shown = rooms.filter(({ viewers }) => viewers > 0).sort((a, b) => b.viewers - a.viewers)
  return { ...answer, rooms: shown.filter(({ host }, nth) => shown.findIndex((room) => room.host === host) === nth) }
}

describe.each(versions)('rooms and members of %s', (version) => {
  let then: Replay
  beforeAll(async () => {
    then = await replay(version)
  })
  afterAll(() => then.close())

  const join = (room: string, who: string, password?: string) =>
    then.stage.request('POST', '/api/rooms/join', {
      body: { code: then.code(room), password },
      token: then.person(who).token,
    })
  const about = (route: RouteName, room: string, who: string, by = 'hana') =>
    then.stage.request('POST', routes[route].path, {
      body: { room_id: then.code(room), user_id: then.person(who).id },
      token: then.person(by).token,
    })

  it('answer what they answered', async () => {
    for (const { route, request, who, status, answer } of then.recorded.answers.reads) {
      const path = routes[route as RouteName].path.replace(/\{(\w+)\}/g, (_, field) => request[field] ?? '')
      const token = who === null ? undefined : then.person(who).token
      const now = await then.stage.request('GET', `${path}?${new URLSearchParams(request)}`, { token })
      const body = route === 'rooms/public' ? publicSince(answer) : answer
      expect(now, `${route} ${JSON.stringify(request)} ${who}`).toMatchObject({ status, body })
    }
  })

  it('admit whom they admitted, and refuse whom they refused', async () => {
    const retry_after = expect.any(Number)
    expect(await join('film', 'ana_2')).toMatchObject({ body: { status: 'APPROVED', is_host: false } })
    expect(await join('film', 'hana')).toMatchObject({ body: { status: 'APPROVED', is_host: true } })
    expect(await join('film', 'ben')).toMatchObject({ status: 403, body: { code: 'banned' } })
    expect(await join('film', 'kit')).toMatchObject({ status: 403, body: { code: 'kicked', retry_after } })
    expect(await join('club', 'rex')).toMatchObject({ status: 403, body: { code: 'rejected', retry_after } })
    expect(await join('quiet', 'vic')).toMatchObject({ status: 403, body: { code: 'guests_not_allowed' } })
    expect(await join('quiet', 'gil')).toMatchObject({ status: 200, body: { status: 'APPROVED' } })
    for (const who of ['lea', 'ulf']) expect(await join('film', who), who).toMatchObject({ status: 200 })
    expect(await join('club', 'wes')).toMatchObject({ body: { status: 'PENDING' } })
  })

  it('open with their password, and to members without', async () => {
    const { password = '' } = then.recorded.cast.rooms.vault ?? {}
    expect(await join('vault', 'vic')).toMatchObject({ body: { status: 'APPROVED' } })
    expect(await join('vault', 'gil')).toMatchObject({ status: 403, body: { code: 'wrong_password' } })
    expect(await join('vault', 'gil', 'WRONG')).toMatchObject({ status: 403, body: { code: 'wrong_password' } })
    expect(await join('vault', 'gil', password.toLowerCase())).toMatchObject({ body: { status: 'APPROVED' } })
  })

  it('let in who waits, once', async () => {
    expect(await join('club', 'pia')).toMatchObject({ body: { status: 'PENDING' } })
    expect(await about('rooms/approve', 'club', 'pia')).toMatchObject({ status: 200 })
    // Asked again (H9); a second answer of another kind comes too late.
    expect(await about('rooms/approve', 'club', 'pia')).toMatchObject({ status: 200 })
    expect(await about('rooms/reject', 'club', 'pia')).toMatchObject({ status: 404, body: { code: 'not_pending' } })
    expect(await join('club', 'pia')).toMatchObject({ body: { status: 'APPROVED' } })
  })

  it('keep the names that were taken', async () => {
    const third = await then.stage.guest('ana')
    await then.stage.call('rooms/join', { code: then.code('film') }, third)
    const { participants } = await then.stage.call('rooms/participants', { room_id: then.code('film') }, third)
    expect(participants.find(({ id }) => id === third.id)?.display_name).toBe('ana 3')
  })

  it('are commanded by their host, also by one to whom they were handed over', async () => {
    expect(await about('rooms/kick', 'handed', 'max')).toMatchObject({ status: 403, body: { code: 'not_host' } })
    expect(await about('rooms/leave', 'handed', 'bo', 'bo')).toMatchObject({ body: { code: 'host_must_stay' } })
    expect(await about('rooms/ban', 'handed', 'hana', 'bo')).toMatchObject({ status: 200 })
    expect(await about('rooms/unban', 'film', 'ben')).toMatchObject({ status: 200 })
    expect(await join('film', 'ben')).toMatchObject({ body: { status: 'APPROVED' } })
    expect(await about('rooms/transfer', 'film', 'ana_2')).toMatchObject({ status: 200 })
    const taken = { room_id: then.code('film'), accept: true }
    expect(await then.stage.call('rooms/accept-transfer', taken, then.person('ana_2'))).toEqual({ ok: true })
    expect(await join('film', 'ana_2')).toMatchObject({ body: { is_host: true } })
  })

  it('change their settings, and are listed by them', async () => {
    const listed = async () => (await then.stage.call('rooms/public', {})).rooms.map(({ code }) => code)
    const room_id = then.code('vault')
    expect(await listed()).not.toContain(room_id)
    expect(await then.stage.call('rooms/detail', { code: room_id }, then.person('hana'))).toMatchObject({
      is_listed: false,
    })
    await then.stage.call('rooms/settings', { room_id, is_private: false, entry_mode: null }, then.person('hana'))
    await then.stage.enter(room_id, then.person('hana'))
    expect(await listed()).toContain(room_id)
    const film = await then.stage.call('rooms/detail', { code: then.code('film') }, then.person('hana'))
    expect(film).toMatchObject({ is_private: false, is_listed: true })
  })

  it('are gone where they ended, and their codes are not given out again', async () => {
    const { putRoom } = await import('../../functions/table/rooms.ts')
    const { newRoom } = await import('../../functions/domain/room.ts')
    const facts = {
      name: null,
      is_private: false,
      entry_mode: null,
      is_chat_enabled: true,
      media: null,
      password: null,
    }
    for (const room of ['ended', 'swept', 'idle']) {
      const host = then.person('bo')
      expect(await join(room, 'bo'), room).toMatchObject({ status: 404, body: { code: 'room_not_found' } })
      const made = newRoom({ ...facts, code: then.code(room), host_id: host.id, host: host.name }, 0, 30)
      expect(await putRoom(made), room).toBe(false)
    }
  })

  it('are swept: the idle one ends, and of the ended ones nothing is left but the code', async () => {
    const gone = [then.code('ended'), then.code('idle')]
    const remains = then.recorded.items.core.filter(({ pk, sk }) =>
      gone.some((code) => [`CHAT#${code}`, `ROOM#${code}`].includes(String(pk)) || sk === `ROOM#${code}`),
    )
    // Each keeps its META, and its host an entry among past rooms. Those of the others, which this version did not write, are
    // taken away with the members.
    const members = remains.filter(({ sk }) => String(sk).startsWith('MEMBER#')).length
    const removed = remains.length - gone.length + members - gone.length
    expect(await then.invoke('Sweep')).toEqual({ ended: 1, removed })
    expect(await then.invoke('Sweep')).toEqual({ ended: 0, removed: 0 })
    expect(await join('film', 'bo')).toMatchObject({ status: 200 })
  })

  it('forget a kick and a rejection after ten minutes', async () => {
    then.stage.elapse(11 * 60_000)
    expect(await join('film', 'kit')).toMatchObject({ body: { status: 'APPROVED' } })
    expect(await join('club', 'rex')).toMatchObject({ body: { status: 'PENDING' } })
  })
})
