import { UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { describe, expect, it } from 'vitest'
import { setUpStage } from '../staging/set-up-stage.ts'
import type { Person, Stage } from '../staging/stage.ts'

const stage = setUpStage()

const DAY_MS = 24 * 3600 * 1000
const unlisted = { is_private: false, is_listed: false }
const asking = { is_private: true, entry_mode: 'APPROVAL' } as const

/** A room with its host inside, so that only its listing decides whether the public list shows it. */
const roomWithHost = async (input: Parameters<Stage['room']>[0]) => {
  const made = await stage.room(input)
  await stage.enter(made.code, made.host)
  await stage.settled()
  return made
}
const isShown = async (code: string) => (await stage.call('rooms/public', {})).rooms.some((room) => room.code === code)
const standing = async (code: string, host: Person) => ({
  told: (await stage.call('rooms/detail', { code }, host)).is_listed,
  shown: await isShown(code),
})
const listed = { told: true, shown: true }
const hidden = { told: false, shown: false }

describe('[R1] [R17] a new room', () => {
  it.each([
    [{ is_private: false }, listed],
    [{ is_private: false, is_listed: true }, listed],
    [unlisted, hidden],
    [asking, hidden],
    [{ ...asking, is_listed: false }, hidden],
  ])('of %o is %o', async (input, expected) => {
    const { code, host } = await roomWithHost(input)
    expect(await standing(code, host)).toEqual(expected)
  })

  it('that is unlisted lets in whoever has its link', async () => {
    const { code } = await stage.room(unlisted)
    const bo = await stage.guest('Bo')
    expect(await stage.call('rooms/join', { code }, bo)).toMatchObject({ status: 'APPROVED' })
  })

  it('that is private cannot be listed: 400', async () => {
    const refused = await stage.refused('rooms/create', { ...asking, is_listed: true }, await stage.guest('Hana'))
    expect(refused).toMatchObject({ status: 400, body: { error: expect.stringContaining('"is_listed"') } })
  })
})

describe('[R12] [R17] settings', () => {
  it('list a room and take it off, and everyone hears it', async () => {
    const { code, host } = await stage.room(unlisted)
    const socket = await stage.enter(code, host)
    await stage.settled()
    const change = (is_listed: boolean) => stage.call('rooms/settings', { room_id: code, is_listed }, host)
    expect(await change(true)).toMatchObject({ is_private: false, is_listed: true })
    expect(await socket.next('ROOM_UPDATED', ({ is_listed }) => is_listed === true)).toMatchObject({ entry_mode: null })
    expect(await standing(code, host)).toEqual(listed)
    await change(false)
    await socket.next('ROOM_UPDATED', ({ is_listed }) => is_listed === false)
    expect(await standing(code, host)).toEqual(hidden)
  })

  it('that say nothing of the list leave it as it is', async () => {
    const { code, host } = await roomWithHost(unlisted)
    for (const change of [{ name: 'New' }, { is_private: false }])
      expect(await stage.call('rooms/settings', { room_id: code, ...change }, host)).toMatchObject({ is_listed: false })
    expect(await standing(code, host)).toEqual(hidden)
  })

  it('that open a private room list it, as the given contract means it, unless they say no', async () => {
    for (const [opening, expected] of [
      [{ is_private: false }, listed],
      [unlisted, hidden],
    ] as const) {
      const { code, host } = await roomWithHost({ is_private: false })
      await stage.call('rooms/settings', { room_id: code, ...asking }, host)
      expect(await standing(code, host)).toEqual(hidden)
      await stage.call('rooms/settings', { room_id: code, ...opening }, host)
      expect(await standing(code, host)).toEqual(expected)
    }
  })

  it('cannot list a private room, or one that turns private: 400', async () => {
    const { code, host } = await stage.room(asking)
    for (const wish of [{ is_listed: true }, { ...asking, is_listed: true }]) {
      const refused = await stage.refused('rooms/settings', { room_id: code, ...wish }, host)
      expect(refused).toMatchObject({ status: 400, body: { error: expect.stringContaining('"is_listed"') } })
    }
    expect(await stage.call('rooms/settings', { room_id: code, is_listed: false }, host)).toMatchObject(asking)
  })
})

it('[R17] a function of 0.1.0 that changes the entry changes the listing with it, and is believed', async () => {
  const { code, host } = await roomWithHost(unlisted)
  const { coreTableName, table } = await import('../../functions/table/client.ts')
  const { listingOf, roomKey } = await import('../../functions/table/keys.ts')
  /** What its changeRoom wrote: it knew no `is_listed`. */
  const changeAsBefore = (isPrivate: boolean) =>
    table.send(
      new UpdateCommand({
        TableName: coreTableName(),
        Key: roomKey(code),
        UpdateExpression: 'SET is_private = :private, entry_mode = :mode, listing = :listing',
        ExpressionAttributeValues: {
          ':private': isPrivate,
          ':mode': isPrivate ? 'APPROVAL' : null,
          ':listing': listingOf(code, !isPrivate),
        },
      }),
    )
  await changeAsBefore(true)
  expect(await standing(code, host)).toEqual(hidden)
  await changeAsBefore(false)
  expect(await standing(code, host)).toEqual(listed)
})

it('[R18] the sweep ends unlisted rooms as well', async () => {
  const { code } = await stage.room(unlisted)
  const sweep = stage.runtime.functions.find(({ logicalId }) => logicalId.startsWith('Sweep'))
  stage.elapse(31 * DAY_MS)
  await stage.runtime.invoke(sweep?.logicalId ?? '')
  const { roomByCode } = await import('../../functions/table/rooms.ts')
  expect(await roomByCode(code)).toMatchObject({ deleted_at: expect.any(Number), is_listed: false })
})
