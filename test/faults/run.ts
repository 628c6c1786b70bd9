import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { watchLoad } from '../../bench/running/load.ts'
import type { Template } from '../../local/template/template.ts'
import { PING_PERIOD_MS } from '../../protocol/limits.ts'
import { type Stage, startStage } from '../staging/stage.ts'
import { createCalls } from './calls.ts'
import { checkComings, checkGivenOnly, checkParts, checkPresence, checkSaid } from './checks.ts'
import { createComings } from './comings.ts'
import { drawsOf } from './draws.ts'
import { createFailures, type Failures } from './failures.ts'
import { openGivenOnly } from './given-only.ts'
import { createHealing, type Healing } from './healing.ts'
import { watchLateness } from './lateness.ts'
import { type Counts, filmOf, type Gathering, live, type Scene } from './life.ts'
import type { Options } from './options.ts'
import { letPass, type Passing } from './passing.ts'
import { createPerson, type Person } from './person.ts'
import { answerIn, createSockets, parseEvent } from './sockets.ts'
import { openTable, type RoomTruth } from './table.ts'
import { createTimeline } from './timeline.ts'
import { type Injected, turnOn, type Weather } from './weather.ts'

export type Outcome = {
  options: Options
  failures: Failures
  injected: Injected
  healing: Healing
  people: number
  messages: number
  counts: Counts
  calls: { made: number; unanswered: number; refused: number }
  syncRequests: number
  dials: number
  load: string
}

type ConnectionOf = (userId: string) => string | undefined
type Backend = { template: Template; assets: string }

/** For what a PONG makes a client ask, and for its answers. */
const MARGIN_MS = 4_000
const SIX_MINUTES_MS = 6 * 60_000
const HOUR_MS = 60 * 60_000
const HANGS_AGAIN_MS = 2_000
const LOOK_EVERY_MS = 50
/** Real time for what is under way when the life is over. */
const CALM_MS = 15_000

const APPROVAL = { is_private: true, entry_mode: 'APPROVAL' } as const

/**
 * Rooms with their hosts and members, who are not inside yet. Of four, one has a host who comes late, one is everyone's to
 * command, and one lets nobody in without its host or a co-host, whom the first and the last have.
 */
const gather = async (stage: Stage, scene: Scene, { rooms, clients }: Options, room: number): Promise<Gathering> => {
  const name = (number: number) => `P${room}.${number}`
  const { code, host } = await stage.room({ media: filmOf(room) }, name(0))
  const others = await Promise.all(
    Array.from({ length: clients - 1 }, (_, index) => stage.member(code, name(index + 1))),
  )
  const plain = await stage.member(code, `Given ${room}`)
  if (room % 4 === 2) await stage.call('rooms/settings', { room_id: code, control: 'EVERYONE' }, host)
  if (room % 4 === 3) await stage.call('rooms/settings', { room_id: code, ...APPROVAL }, host)
  const [helper] = others
  if (room % 2 === 1 && helper !== undefined)
    await stage.call('rooms/role', { room_id: code, user_id: helper.id, role: 'cohost' }, host)
  const draws = drawsOf(scene.seed, `given ${room} of ${rooms}`)
  const url = stage.runtime.roomUrl(code, plain.token)
  const serverNow = stage.services.clock
  return {
    code,
    people: [host, ...others].map((known) => createPerson(scene, code, known)),
    givenOnly: openGivenOnly({ url, timeline: scene.timeline, draws, serverNow }),
    givenOnlyId: plain.id,
    isGivenOnlySilent: room % 2 === 0,
    isHostLate: room % 4 === 1,
  }
}

/** What does not hang on how much happens: one connection that hangs, and a restart of the emulator in the middle. */
const strike = (stage: Stage, scene: Scene, weather: Weather, connectionOf: ConnectionOf, { seconds }: Options) => {
  const { timeline, gatherings } = scene
  let victim: Person | undefined
  /** Another one, where the one that hung has gone. */
  const hang = () => {
    if (scene.signal.aborted) return
    if (victim?.place() !== 'inside')
      victim = gatherings[0]?.people.find((person) => person.place() === 'inside' && person.role() !== 'host')
    const connectionId = victim && connectionOf(victim.id)
    if (connectionId !== undefined) weather.hang(connectionId)
    timeline.after(HANGS_AGAIN_MS, hang)
  }
  timeline.after((seconds * 1000) / 4, hang)
  timeline.after((seconds * 1000) / 2, () => {
    weather.injected['emulator restarted'] += 1
    void stage.restartTables()
  })
}

/** One run from the first guest to the hour after. What failed is in the outcome. */
export const playRun = async (options: Options, { template, assets }: Backend, say = console.log): Promise<Outcome> => {
  const { seed, seconds, rooms } = options
  const measureLoad = watchLoad()
  const lateness = watchLateness()
  const folder = mkdtempSync(join(tmpdir(), 'streamit-faults-'))
  const sockets = createSockets()
  const comings = createComings()
  const failures = createFailures()
  const stage = await startStage({
    ...{ template, assets, databaseFile: join(folder, 'tables.db') },
    onInvoked: (invoked) => {
      sockets.invoked(invoked)
      const answer = answerIn(invoked)
      if (answer !== undefined) comings.posted(answer.connectionId, answer.event)
    },
  })
  const timeline = createTimeline()
  const end = new AbortController()
  const table = await openTable(stage.services.clock)
  let guests = 0
  const scene: Scene = {
    ...{ origin: stage.runtime.url, seed, timeline, failures, table, said: [], signal: end.signal, devices: [] },
    gatherings: [],
    counts: { removed: 0, cleared: 0, roles: 0, takenOver: 0, takenBack: 0 },
    isLate: lateness.isLate,
    calls: createCalls(timeline, failures),
    newcomer: async (code) => {
      guests += 1
      const comes = () => stage.guest(`N${guests}`)
      // The function that answers may be killed as any other: then they ask once more.
      return createPerson(scene, code, await comes().catch(comes))
    },
  }
  const everybody = new Map<string, Person>()
  const personOf = (connectionId: string): Person | undefined => {
    const userId = sockets.userOf(connectionId)
    if (userId === undefined) return undefined
    const known = everybody.get(userId)
    if (known !== undefined) return known
    const found = scene.gatherings.flatMap(({ people }) => people).find(({ id }) => id === userId)
    if (found !== undefined) everybody.set(userId, found)
    return found
  }
  const healing = createHealing(timeline, personOf)
  const looking = setInterval(healing.look, LOOK_EVERY_MS)

  try {
    for (let room = 0; room < rooms; room += 1) scene.gatherings.push(await gather(stage, scene, options, room))
    say(`${rooms} rooms with ${rooms * options.clients} clients of the library are ready`)
    /** What killed functions were about: nobody else can tell the same again. */
    const interrupted: string[] = []
    const weather = turnOn(stage.runtime.faults, options, {
      posted: (post, fate) => {
        const event = parseEvent(post.data)
        if (event === undefined) return
        healing.posted(post, event, fate)
        comings.posted(post.connectionId, event)
      },
      killed: ({ event }) => interrupted.push(JSON.stringify(event)),
    })
    if (!options.isCalm) strike(stage, scene, weather, sockets.connectionOf, options)
    await live(scene, seconds * 1000)

    weather.clearUp()
    await Promise.race([stage.settled(), timeline.sleep(CALM_MS)])
    say('the life is over, and the faults with it')
    const isExcused = (userId: string) => interrupted.some((event) => event.includes(userId))
    await checkAfterwards(stage, scene, healing, options, (gathering) =>
      checkComings({ failures, comings, connectionOf: sockets.connectionOf }, gathering, isExcused),
    )
    return {
      ...{ options, failures, injected: weather.injected, healing, calls: scene.calls.counts },
      people: rooms * options.clients + guests,
      messages: scene.said.length,
      counts: scene.counts,
      syncRequests: scene.devices.reduce((sum, device) => sum + device.syncRequests(), 0),
      dials: scene.devices.reduce((sum, device) => sum + device.dials(), 0),
      load: `${measureLoad()}; this process late by ${lateness.p95()} ms (p95)`,
    }
  } finally {
    clearInterval(looking)
    lateness.stop()
    end.abort()
    for (const { people, givenOnly } of scene.gatherings) {
      givenOnly.close()
      for (const person of people) person.crash()
    }
    await stage.close().catch((error: unknown) => {
      failures.note('a function goes on after its answer', error instanceof Error ? error.message : String(error))
    })
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Lets the time after the life pass, and looks after one PING period, after six minutes and after an hour. */
const checkAfterwards = async (
  stage: Stage,
  scene: Scene,
  healing: Healing,
  { isBrief = false }: Options,
  checkTold: (gathering: Gathering) => void,
): Promise<void> => {
  const { timeline, devices, table, failures, gatherings, said } = scene
  const passing: Passing = {
    timeline,
    devices,
    gatherings,
    elapse: stage.elapse,
    idle: stage.settled,
    look: healing.look,
  }
  const readAll = async () => {
    const truths = new Map<string, RoomTruth>()
    for (const { code } of gatherings) truths.set(code, await table.read(code))
    return truths
  }
  const each = async (check: (gathering: Gathering, truth: RoomTruth) => void) => {
    const truths = await readAll()
    for (const gathering of gatherings) {
      const truth = truths.get(gathering.code)
      if (truth !== undefined) check(gathering, truth)
    }
    return truths
  }

  await letPass(passing, PING_PERIOD_MS + MARGIN_MS)
  const truths = await each((gathering, truth) => {
    checkParts(gathering, truth, failures, 'after one PING period')
  })
  checkSaid(said, truths, failures)

  await letPass(passing, SIX_MINUTES_MS - PING_PERIOD_MS - MARGIN_MS)
  await each((gathering, truth) => {
    checkParts(gathering, truth, failures, 'after six minutes')
    checkPresence(gathering, truth, failures, 'after six minutes')
    checkGivenOnly(gathering, truth, failures)
    checkTold(gathering)
  })

  if (isBrief) return
  await letPass(passing, HOUR_MS - SIX_MINUTES_MS)
  await each((gathering, truth) => checkPresence(gathering, truth, failures, 'after an hour'))
}
