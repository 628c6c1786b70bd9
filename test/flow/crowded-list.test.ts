import { expect, it } from 'vitest'
import { PUBLIC_ROOMS_COUNTED, PUBLIC_ROOMS_LOOKED_AT } from '../../protocol/limits.ts'
import { setUpStage } from '../staging/set-up-stage.ts'

const stage = setUpStage()

const TEN_MINUTES = 10 * 60_000

/** A room with its host inside, and after it as many empty ones of one guest, all more active. */
const roomBehind = async (empty: number): Promise<string> => {
  // What other tests made is of another time.
  stage.elapse(24 * 3600 * 1000)
  const { code, host } = await stage.room()
  await stage.enter(code, host)
  await stage.settled()
  stage.elapse(TEN_MINUTES)
  const mallory = await stage.guest('Mallory')
  for (let made = 0; made < empty; made += 20)
    await Promise.all(
      Array.from({ length: Math.min(20, empty - made) }, () =>
        stage.call('rooms/create', { is_private: false, is_listed: true }, mallory),
      ),
    )
  return code
}
const page = async (cursor: { cursor?: string }) => {
  const { rooms, next } = await stage.call('rooms/public', cursor)
  return { codes: rooms.map(({ code }) => code), next }
}

it('[R17] the empty rooms of one guest keep no room with people off the first page', async () => {
  const code = await roomBehind(2 * PUBLIC_ROOMS_COUNTED)
  expect(await page({})).toEqual({ codes: [code], next: null })
})

it('[R17] [H7] a call looks at so many rooms and no more, and the next goes on where it ended', async () => {
  const code = await roomBehind(PUBLIC_ROOMS_LOOKED_AT)
  const first = await page({})
  expect(first).toEqual({ codes: [], next: expect.any(String) })
  expect(await page({ cursor: first.next ?? '' })).toEqual({ codes: [code], next: null })
}, 60_000)
