import { test } from 'vitest'
import { en } from '../../web/strings/en.ts'
import { setUpHouse } from './house.ts'

const house = setUpHouse()

/** A host whose offer to Bo waits for an answer, at a page that did not make it. */
const offering = async () => {
  const { code, host } = await house.stage.room()
  const bo = await house.stage.member(code, 'Bo')
  const { page } = await house.enter(code, host)
  await house.stage.call('rooms/transfer', { room_id: code, user_id: bo.id }, host)
  await page.getByText(en.hands.offerOpen('Bo')).waitFor()
  return { code, host, bo, page }
}

test.each(['the host takes it back in another tab', 'its person leaves', 'its person declines'])(
  '[R11] an offer is said to be over where %s, and not why',
  async (how) => {
    const { code, host, bo, page } = await offering()
    if (how === 'its person leaves') await house.stage.call('rooms/leave', { room_id: code }, bo)
    else if (how === 'its person declines')
      await house.stage.call('rooms/accept-transfer', { room_id: code, accept: false }, bo)
    else await house.stage.call('rooms/transfer', { room_id: code, user_id: host.id }, host)
    await page.getByText(en.hands.offerOver('Bo')).waitFor()
  },
)
