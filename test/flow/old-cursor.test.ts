import { expect, it } from 'vitest'
import { PUBLIC_ROOMS_COUNTED } from '../../protocol/limits.ts'
import { setUpStage } from '../staging/set-up-stage.ts'

const stage = setUpStage()

const DAY_MS = 24 * 3600 * 1000

it('[R17] [H7] a place in the public list that has grown older than the list is followed by nothing', async () => {
  const { recordSocket } = await import('../../functions/table/sockets.ts')
  for (let count = 0; count <= PUBLIC_ROOMS_COUNTED; count += 1) {
    const { code } = await stage.room()
    await recordSocket({ code, userId: 'u', connectionId: 'c' }, 'Ana', stage.services.clock())
  }
  const { next } = await stage.call('rooms/public', {})
  expect(next).not.toBeNull()
  stage.elapse(DAY_MS)
  expect(await stage.call('rooms/public', { cursor: next })).toEqual({ rooms: [], next: null })
})
