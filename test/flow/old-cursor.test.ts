import { expect, it } from 'vitest'
import { setUpStage } from '../staging/set-up-stage.ts'

const stage = setUpStage()

const DAY_MS = 24 * 3600 * 1000

it('[R17] [H7] a place in the public list that has grown older than the list is followed by nothing', async () => {
  for (let count = 0; count < 41; count += 1) await stage.room()
  const { next } = await stage.call('rooms/public', {})
  expect(next).not.toBeNull()
  stage.elapse(DAY_MS)
  expect(await stage.call('rooms/public', { cursor: next })).toEqual({ rooms: [], next: null })
})
