import { expect, it } from 'vitest'
import { chooseSeed, createRandom } from '../client/simulated/seeded-random.ts'
import { setUpStage } from '../staging/set-up-stage.ts'

const random = createRandom(chooseSeed('tabs'))

const stage = setUpStage()

type Step = { tab: number; does: 'close' | 'open' }

/** A random order of opening and closing in which some tab is open until the very end. */
const randomOrder = (tabs: number): Step[] => {
  for (;;) {
    const steps: Step[] = []
    const waiting = Array.from({ length: tabs }, (_, tab) => tab)
    const open: number[] = []
    const take = (from: number[]) => from.splice(Math.floor(random() * from.length), 1)[0] ?? 0
    while (waiting.length + open.length > 0) {
      const opens = waiting.length > 0 && (open.length === 0 || random() < 0.5)
      const tab = take(opens ? waiting : open)
      if (opens) open.push(tab)
      steps.push({ tab, does: opens ? 'open' : 'close' })
      if (open.length === 0 && waiting.length > 0) break
    }
    if (waiting.length + open.length === 0) return steps
  }
}

it('[W2] tabs in 200 random orders, every close delivered twice: exactly one join and one leave', async () => {
  const { claimGreeting, markLive, recordSocket, removeSocket } = await import('../../functions/table/sockets.ts')
  const { isPresent } = await import('../../functions/domain/presence.ts')
  const now = Date.now()
  const play = async (order: number): Promise<string> => {
    const [code, userId] = [`ORDER${order}`, 'ana']
    const heard: string[] = []
    const close = async (connectionId: string) => {
      const closed = await removeSocket({ code, userId, connectionId }, { now, remover: crypto.randomUUID() })
      if (closed?.connection.state === 'live' && !isPresent(closed.presence, now)) heard.push('leave')
    }
    for (const { tab, does } of randomOrder(2 + Math.floor(random() * 5))) {
      const connectionId = `${order}-${tab}=`
      if (does === 'close') {
        await Promise.all([close(connectionId), close(connectionId)])
        continue
      }
      await recordSocket({ code, userId, connectionId }, 'Ana', now)
      await recordSocket({ code, userId, connectionId }, 'Ana', now)
      await claimGreeting({ code, userId, connectionId }, connectionId)
      const before = await markLive({ code, userId, connectionId }, now)
      if (before !== undefined && !isPresent(before, now)) heard.push('join')
    }
    return heard.join()
  }
  const outcomes: string[] = []
  for (let order = 0; order < 200; order += 20)
    outcomes.push(...(await Promise.all(Array.from({ length: 20 }, (_, index) => play(order + index)))))
  expect(new Set(outcomes)).toEqual(new Set(['join,leave']))
  // Some thousand writes, one after the other in each order: on a busy machine that takes its time.
}, 60_000)

it('[W2] tabs that open and close at once, over real sockets, end in as many joins as leaves', async () => {
  const { code, host } = await stage.room()
  const watching = await stage.enter(code, host)
  const ana = await stage.member(code, 'Ana')
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      const tab = await stage.enter(code, ana)
      await tab.close()
    }),
  )
  await stage.settled()
  expect(watching.all('USER_JOINED').length).toBe(watching.all('USER_LEFT').length)
  expect(watching.all('USER_JOINED').length).toBeGreaterThan(0)
  expect((await stage.call('rooms/preview', { code })).viewers).toBe(1)
})
