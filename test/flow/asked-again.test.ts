import { describe, expect, it } from 'vitest'
import type { DynamoDbCall } from '../../local/faults.ts'
import { type RouteName, routes } from '../../protocol/routes.ts'
import { setUpStage } from '../staging/set-up-stage.ts'
import type { Person } from '../staging/stage.ts'

// [H9] A call may be asked again: its answer was lost, or the function that served it was cut short.

const stage = setUpStage()

const post = async (name: RouteName, body: Record<string, unknown>, caller: Person) =>
  (await stage.request('POST', routes[name].path, { body, token: caller.token })).status
/** DynamoDB fails for good from the call on that this one is, until the faults are reset. */
const failFrom = (isIt: (call: DynamoDbCall) => boolean) => {
  let hasFailed = false
  stage.runtime.faults.failDynamoDb = (call) => {
    hasFailed ||= isIt(call)
    return hasFailed ? 'InternalServerError' : undefined
  }
}
const three = async () => {
  const { code, host } = await stage.room()
  const [ana, bo] = [await stage.member(code, 'Ana'), await stage.member(code, 'Bo')]
  const sockets = {
    hana: await stage.enter(code, host),
    ana: await stage.enter(code, ana),
    bo: await stage.enter(code, bo),
  }
  await stage.settled()
  return { code, host, ana, bo, sockets }
}

describe('[H9] [R10] cut short once it is saved, and asked again', () => {
  it.each([
    ['rooms/kick', 'kicked'],
    ['rooms/ban', 'banned'],
    ['rooms/leave', 'left'],
  ] as const)('%s is answered, the sockets close, and the others hear so', async (name, why) => {
    const { code, host, ana, sockets } = await three()
    failFrom(({ action }) => action === 'DeleteItem')
    const caller = name === 'rooms/leave' ? ana : host
    const ask = () => post(name, { room_id: code, user_id: ana.id }, caller)
    expect(await ask()).toBe(500)
    stage.runtime.faults.reset()
    expect(await ask()).toBe(200)
    expect(await sockets.ana.next('REMOVED')).toMatchObject({ code: why })
    await sockets.bo.next('USER_LEFT')
    await stage.settled()
    const heard = sockets.bo.frames.length
    expect(await ask()).toBe(200)
    await stage.settled()
    expect(sockets.bo.frames).toHaveLength(heard)
  })

  it('a removal whose row alone could not be deleted has told the leave, and says so', async () => {
    const { code, host, ana, sockets } = await three()
    stage.runtime.faults.failDynamoDb = ({ action }) => (action === 'DeleteItem' ? 'InternalServerError' : undefined)
    const ask = () => post('rooms/kick', { room_id: code, user_id: ana.id }, host)
    expect(await ask()).toBe(500)
    stage.runtime.faults.reset()
    expect(await ask()).toBe(200)
    await stage.settled()
    expect(sockets.bo.all('USER_LEFT')).toHaveLength(1)
  })

  it.each(['rooms/kick', 'rooms/leave'] as const)(
    '%s that closed the sockets and told nobody tells it',
    async (name) => {
      const { code, host, ana, sockets } = await three()
      failFrom(({ action }) => action === 'Query')
      const caller = name === 'rooms/leave' ? ana : host
      const ask = () => post(name, { room_id: code, user_id: ana.id }, caller)
      expect(await ask()).toBe(500)
      await sockets.ana.closed
      stage.runtime.faults.reset()
      expect(sockets.bo.all('USER_LEFT')).toHaveLength(0)
      expect(await ask()).toBe(200)
      expect(sockets.bo.all('USER_LEFT')).toMatchObject([{ user_id: ana.id }])
      expect(await ask()).toBe(200)
      await stage.settled()
      expect(sockets.bo.all('USER_LEFT')).toHaveLength(1)
    },
  )

  it('a kick is forgotten after ten minutes: then there is nobody to kick', async () => {
    const { code, host, ana } = await three()
    const ask = () => post('rooms/kick', { room_id: code, user_id: ana.id }, host)
    expect([await ask(), await ask()]).toEqual([200, 200])
    stage.elapse(10 * 60_000)
    expect(await ask()).toBe(404)
  })

  it('rooms/accept-transfer is answered, and everybody hears who hosts', async () => {
    const { code, host, ana, bo, sockets } = await three()
    expect(await post('rooms/transfer', { room_id: code, user_id: bo.id }, host)).toBe(200)
    expect(await sockets.bo.next('ROOM_UPDATED')).toMatchObject({ host_id: host.id, offered_to: bo.id })
    let isSaved = false
    stage.runtime.faults.failDynamoDb = ({ action, body }) => {
      if (isSaved && action === 'Query') return 'InternalServerError'
      isSaved ||= JSON.stringify(body).includes('former_host_id')
      return undefined
    }
    const ask = (caller: Person) => post('rooms/accept-transfer', { room_id: code, accept: true }, caller)
    expect(await ask(bo)).toBe(500)
    stage.runtime.faults.reset()
    expect(await ask(bo)).toBe(200)
    expect(await sockets.bo.next('ROOM_UPDATED')).toMatchObject({ host: 'Bo', host_id: bo.id })
    // Only of whoever took it: others may not, and hear nothing new.
    expect(await ask(ana)).toBe(404)
    expect(await post('rooms/leave', { room_id: code }, host)).toBe(200)
  })

  it('rooms/accept-transfer that declines is answered, and everybody hears that the offer is over', async () => {
    const { code, host, ana, bo, sockets } = await three()
    await post('rooms/transfer', { room_id: code, user_id: bo.id }, host)
    let isSaved = false
    stage.runtime.faults.failDynamoDb = ({ action, body }) => {
      if (isSaved && action === 'Query') return 'InternalServerError'
      isSaved ||= JSON.stringify(body).includes('declined_by')
      return undefined
    }
    const ask = (caller: Person) => post('rooms/accept-transfer', { room_id: code, accept: false }, caller)
    expect(await ask(bo)).toBe(500)
    stage.runtime.faults.reset()
    expect(await ask(bo)).toBe(200)
    const isOver = ({ revision }: { revision?: number | undefined }) => revision === 2
    expect(await sockets.hana.next('ROOM_UPDATED', isOver)).toMatchObject({ offered_to: null, host_id: host.id })
    expect([await ask(bo), await ask(ana), await ask(host)]).toEqual([200, 404, 404])
    expect(await post('rooms/accept-transfer', { room_id: code, accept: true }, bo)).toBe(404)
  })

  it('rooms/delete is answered, and every socket closes', async () => {
    const { code, host, ana, sockets } = await three()
    failFrom(({ action }) => action === 'Query')
    const ask = (caller: Person) => post('rooms/delete', { room_id: code }, caller)
    expect(await ask(host)).toBe(500)
    stage.runtime.faults.reset()
    expect(await ask(ana)).toBe(404)
    expect(await ask(host)).toBe(200)
    for (const socket of Object.values(sockets)) await socket.next('ROOM_DELETED')
    expect(await ask(host)).toBe(200)
  })

  it('auth/delete ends the rooms and tells those of others', async () => {
    const { code, host, ana, sockets } = await three()
    const own = (await stage.call('rooms/create', { is_private: false }, ana)).code
    await stage.call('rooms/join', { code: own }, host)
    const inOwn = await stage.enter(own, host)
    failFrom(({ action }) => action === 'DeleteItem')
    expect(await post('auth/delete', {}, ana)).toBe(500)
    stage.runtime.faults.reset()
    expect(await post('auth/delete', {}, ana)).toBe(200)
    await sockets.ana.next('REMOVED')
    await sockets.bo.next('USER_LEFT', ({ user_id }) => user_id === ana.id)
    await inOwn.next('ROOM_DELETED')
    expect((await stage.refused('rooms/preview', { code: own })).status).toBe(404)
    expect((await stage.call('rooms/preview', { code })).viewers).toBe(2)
  })
})

describe('[H9] [R7] an answer to who waits', () => {
  const waiting = async () => {
    const { code, host } = await stage.room({ is_private: true, entry_mode: 'APPROVAL' })
    const hana = await stage.enter(code, host)
    const ana = await stage.member(code, 'Ana')
    await stage.settled()
    return { code, host, ana, hana }
  }

  it.each([
    ['rooms/approve', 'APPROVED', 'rooms/reject'],
    ['rooms/reject', 'REJECTED', 'rooms/approve'],
  ] as const)(
    '%s that was cut short is told when it is asked again; the other answer is refused',
    async (name, status, other) => {
      const { code, host, ana, hana } = await waiting()
      failFrom(({ action }) => action === 'Query')
      const body = { room_id: code, user_id: ana.id }
      expect(await post(name, body, host)).toBe(500)
      stage.runtime.faults.reset()
      expect(await post(name, body, host)).toBe(200)
      expect(await hana.next('JOIN_RESOLVED')).toMatchObject({ user_id: ana.id, status })
      expect(await post(other, body, host)).toBe(404)
    },
  )

  it('who came in another way was never waiting: 404', async () => {
    const { code, host, ana } = await three()
    expect(await post('rooms/approve', { room_id: code, user_id: ana.id }, host)).toBe(404)
  })

  it('[R20] a wish of which the host did not hear is told when it is asked again', async () => {
    const { code, host } = await stage.room({ is_private: true, entry_mode: 'APPROVAL' })
    const hana = await stage.enter(code, host)
    const ana = await stage.guest('Ana')
    await stage.settled()
    let refusals = 3
    stage.runtime.faults.answerPost = ({ data }) =>
      data.includes('JOIN_REQUESTED') && refusals-- > 0 ? 429 : undefined
    await stage.call('rooms/join', { code }, ana)
    expect(hana.all('JOIN_REQUESTED')).toHaveLength(0)
    await stage.call('rooms/join', { code }, ana)
    expect(await hana.next('JOIN_REQUESTED')).toMatchObject({ user: 'Ana', user_id: ana.id })
  })
})

it('[H9] [R9] rooms/unban asked again is answered; of who was never banned it is 404', async () => {
  const { code, host, ana, bo } = await three()
  await post('rooms/ban', { room_id: code, user_id: ana.id }, host)
  const ask = () => post('rooms/unban', { room_id: code, user_id: ana.id }, host)
  expect([await ask(), await ask()]).toEqual([200, 200])
  // The unbanned did not leave by a call of their own.
  expect(await post('rooms/leave', { room_id: code }, ana)).toBe(403)
  await post('rooms/leave', { room_id: code }, bo)
  expect(await post('rooms/unban', { room_id: code, user_id: bo.id }, host)).toBe(404)
})

describe('[H9] [A7] a change of password whose answer was lost', () => {
  const account = async (email: string) => {
    const made = await stage.call('auth/register', { email, password: 'correct horse', display_name: 'Ana' })
    return { id: made.id, name: 'Ana', token: made.access_token }
  }
  const change = { current: 'correct horse', new: 'battery staple' }

  it('is answered as the first time, to the same token only', async () => {
    const ana = await account('again@example.com')
    const other = {
      ...ana,
      token: (await stage.call('auth/login', { email: 'again@example.com', password: 'correct horse' })).access_token,
    }
    expect([await post('auth/password', change, ana), await post('auth/password', change, ana)]).toEqual([200, 200])
    expect(await post('auth/password', change, other)).toBe(401)
    const { access_token: token } = await stage.call('auth/login', { email: 'again@example.com', password: change.new })
    expect(await post('auth/password', change, { ...ana, token })).toBe(401)
    expect(await post('auth/password', { ...change, new: 'another word' }, ana)).toBe(401)
  })

  it('at the table is known by the hash', async () => {
    const ana = await account('lost@example.com')
    const { setPassword, userById } = await import('../../functions/table/users.ts')
    const user = await userById(ana.id, Date.now())
    if (user === undefined) throw new Error('There is no account.')
    expect([await setPassword(user, 'hash', 't'), await setPassword(user, 'hash', 't')]).toEqual([true, true])
    expect((await userById(ana.id, Date.now()))?.generation).toBe(user.generation + 1)
    expect(await setPassword(user, 'another', 't')).toBe(false)
  })
})
