import { beforeAll, describe, expect, it } from 'vitest'
import { memberOf } from '../../functions/table/members.ts'
import { administrator } from '../staging/administrator.ts'
import { holdUpdate } from '../staging/hold-update.ts'
import { setUpStage } from '../staging/set-up-stage.ts'
import type { Person } from '../staging/stage.ts'

const stage = setUpStage()
let ada: Person
beforeAll(async () => {
  ada = await administrator(stage, 'Ada')
})

const about = (code: string, { id }: Person) => ({ room_id: code, user_id: id })

/** What both calls about this person are refused with. */
const refusals = async (code: string, person: Person, by: Person, where: 'admin' | 'rooms') => {
  const mute = await stage.refused(`${where}/mute`, { ...about(code, person), seconds: 60 }, by)
  const unmute = await stage.refused(`${where}/unmute`, about(code, person), by)
  return [mute, unmute].map(({ status, body }) => `${status} ${body.code}`)
}

describe('[M6] the administration mutes as those who moderate do', () => {
  it('[R9] nobody else mutes the host, or ends their mute', async () => {
    const { code, host } = await stage.room()
    const bo = await stage.member(code, 'Bo')
    await stage.call('rooms/role', { ...about(code, bo), role: 'cohost' }, host)
    const refused = ['403 not_host', '403 not_host']
    expect(await refusals(code, host, ada, 'admin')).toEqual(refused)
    expect(await refusals(code, host, bo, 'rooms')).toEqual(refused)
  })

  it('[R26] nobody mutes who may take the room back', async () => {
    const { code, host } = await stage.room()
    const bo = await stage.member(code, 'Bo')
    await stage.call('rooms/role', { ...about(code, bo), role: 'cohost' }, host)
    await stage.enter(code, bo)
    stage.elapse(61_000)
    await stage.call('rooms/take-over', { room_id: code }, bo)
    const refused = ['409 host_may_return', '409 host_may_return']
    expect(await refusals(code, host, bo, 'rooms')).toEqual(refused)
    expect(await refusals(code, host, ada, 'admin')).toEqual(refused)
  })

  it.each(['admin', 'rooms'] as const)('[R11] who becomes the host meanwhile may write: %s', async (where) => {
    const { dynamoDb } = await import('../../functions/table/client.ts')
    const { code, host } = await stage.room()
    const bo = await stage.member(code, 'Bo')
    const held = holdUpdate(dynamoDb, 'muted_until')
    const by = where === 'admin' ? ada : host
    const muting = stage.refused(`${where}/mute`, { ...about(code, bo), seconds: 600 }, by)
    await held.hasArrived
    await stage.handOver(code, host, bo)
    held.letThrough()
    expect((await muting).body.code).toBe('not_host')
    expect((await memberOf(code, bo.id))?.muted_until).toBeNull()
  })
})
