import { beforeAll, describe, expect, it } from 'vitest'
import type { FunctionCall } from '../../local/faults.ts'
import { routes } from '../../protocol/routes.ts'
import { administrator } from '../staging/administrator.ts'
import { setUpStage } from '../staging/set-up-stage.ts'
import type { Person } from '../staging/stage.ts'
import { endOf, toldIn } from './dying/end.ts'
import { type PostName, type Scene, scenes } from './dying/scenes.ts'
import { openWorld, type World } from './dying/world.ts'

const stage = setUpStage()
let ada: Person
beforeAll(async () => {
  ada = await administrator(stage, 'Ada')
})

/** Two rooms that are the same. */
const prepare = async ({ waits, before, later }: Scene): Promise<[World, World]> => {
  const open = async () => {
    const world = await openWorld(stage, ada, { isAsking: waits === true })
    await before?.(world)
    return world
  }
  const worlds: [World, World] = [await open(), await open()]
  await stage.settled()
  if (later === undefined) return worlds
  stage.elapse(61_000)
  for (const world of worlds) await later(world)
  await stage.settled()
  return worlds
}

const READING: ReadonlySet<string> = new Set(['BatchGetItem', 'GET', 'GetItem', 'Query'])
/** Whether a call changes something, or tells somebody. */
const isDoing = ({ service, action }: FunctionCall): boolean => service !== 'secrets' && !READING.has(action)

const asking = (name: PostName, { by = 'Hana', body = () => ({}) }: Scene, world: World) => {
  const sent = body(world)
  const token = `Bearer ${world.people[by].token}`
  /** Whether it is a call of the function that serves this request. */
  const isIts = ({ event }: FunctionCall): boolean => {
    const {
      rawPath,
      body: text,
      headers,
    } = event as { rawPath?: string; body?: string; headers?: { authorization?: string } }
    return rawPath === routes[name].path && text === JSON.stringify(sent) && headers?.authorization === token
  }
  return { ask: () => world.post(name, by, sent), isIts }
}

/** A minute later somebody's PING makes the rooms be looked at: who left is told then, where nobody has told it. */
const look = async (worlds: readonly World[]) => {
  stage.elapse(61_000)
  for (const { sockets } of worlds) {
    const open = Object.values(sockets).find(({ socket }) => socket.readyState === socket.OPEN)
    open?.send({ type: 'PING', t0: 1 })
    await open?.next('PONG')
  }
  await stage.settled()
}

const all = Object.entries(scenes).flatMap(([name, list]) =>
  typeof list === 'string' ? [] : list.map((scene) => [name as PostName, scene.is ?? '', scene] as const),
)

describe('[H9] a call whose function ends before the first thing that it does, asked again, before the second, and so on', () => {
  it.each(all)(
    'ends as one that nothing has disturbed: %s %s',
    async (name, _is, scene) => {
      const [calm, dying] = await prepare(scene)
      const status = await asking(name, scene, calm).ask()
      expect(status).toBeLessThan(300)
      const { ask, isIts } = asking(name, scene, dying)
      const answers: number[] = []
      for (let nth = 1; answers.at(-1) === 500 || nth === 1; nth += 1) {
        let done = 0
        stage.runtime.faults.killInvocation = (call) => {
          if (isIts(call) && isDoing(call)) done += 1
          return isIts(call) && isDoing(call) && done === nth
        }
        answers.push(await ask())
      }
      stage.runtime.faults.reset()
      await stage.settled()
      expect([status, scene.again]).toContain(answers.at(-1))
      expect(toldIn(dying)).toEqual(toldIn(calm))
      await look([calm, dying])
      expect(await endOf(dying)).toEqual(await endOf(calm))
    },
    60_000,
  )
})
