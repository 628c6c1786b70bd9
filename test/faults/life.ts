import { waitingAmong } from '../../client/index.ts'
import type { Calls } from './calls.ts'
import type { GivenOnlyClient } from './given-only.ts'
import type { Person, World } from './person.ts'
import type { Table } from './table.ts'

/** A room and who is about it. */
export type Gathering = {
  code: string
  people: Person[]
  givenOnly: GivenOnlyClient
  givenOnlyId: string
  /** The one with the given fields says something now and then; in half of the rooms it never does. */
  isGivenOnlySilent: boolean
}

export type Scene = World & {
  calls: Calls
  table: Table
  gatherings: Gathering[]
  /** The machine does not follow: nobody does anything until it does. */
  isLate: () => boolean
  /** A new guest for a place that has become free. */
  newcomer: (code: string) => Promise<Person>
}

/** In all rooms together: what a machine of two cores follows. */
const ACTS_A_SECOND = 10
const HOSTS_ACTS_A_SECOND = 3
/** Nobody is busier than that, however few they are. */
const BUSIEST_MS = 2_500
/** In all rooms together; a greeting costs the machine more than any act. */
const COME_A_SECOND = 6
/** Means, in milliseconds. */
const GIVEN_ONLY_SAYS_AFTER = 6_000
const COMES_BACK_AFTER = 5_000
const WHILE_LATE_MS = 250
const FILM_SECONDS = 7_200

const VIEWER = { say: 56, nothing: 14, closeTab: 8, crash: 8, leave: 8, wake: 6 }
const HOST = {
  ...{ play: 14, pause: 10, seek: 18, say: 22, video: 7, rename: 8, chatOff: 2 },
  ...{ kick: 3, transfer: 5, crash: 3, closeTab: 3 },
}
type Act = keyof typeof VIEWER | keyof typeof HOST

export const filmOf = (number: number) => ({
  url: `https://video.example/${number}.mp4`,
  title: `Film ${number}`,
  duration: FILM_SECONDS,
})

/** Everybody's random life, until it is over. */
export const live = async (scene: Scene, milliseconds: number): Promise<void> => {
  const { timeline, calls, table } = scene
  const endsAt = timeline.now() + milliseconds
  const isOver = () => timeline.now() >= endsAt
  const pause = (ms: number) => timeline.sleep(Math.min(ms, Math.max(0, endsAt - timeline.now())))
  const people = scene.gatherings.flatMap((gathering) => gathering.people).length
  const viewerActsAfter = Math.max(BUSIEST_MS, (people * 1_000) / ACTS_A_SECOND)
  const hostActsAfter = Math.max(BUSIEST_MS, (scene.gatherings.length * 1_000) / HOSTS_ACTS_A_SECOND)
  const allAreInAfter = (people * 1_000) / COME_A_SECOND
  let films = 0
  let words = 0
  const text = (name: string) => {
    words += 1
    return `${name} ${words}`
  }

  const comeBack = async (person: Person) => {
    await pause(person.draws.wait(COMES_BACK_AFTER))
    if (!isOver()) await person.enter()
  }

  const change = (
    person: Person,
    request: { name?: string; is_chat_enabled?: boolean; media?: object; start?: number },
  ) =>
    calls.make(person.api(), {
      who: person.name,
      name: 'rooms/settings',
      request: { room_id: person.code, ...request } as never,
      isDone: () => table.isHost(person.code, person.id),
    })

  const another = (person: Person, gathering: Gathering) =>
    person.draws.pick(gathering.people.filter((other) => other !== person && other.place() === 'inside'))

  const approveAll = async (person: Person) => {
    for (const { id: user_id } of waitingAmong(person.session()?.store.get().members ?? []))
      await calls.make(person.api(), {
        who: person.name,
        name: 'rooms/approve',
        request: { room_id: person.code, user_id },
        isDone: () => table.isStatus(person.code, user_id, 'APPROVED'),
      })
  }

  const kick = async (person: Person, gathering: Gathering) => {
    const target = another(person, gathering)
    if (target === undefined) return
    target.expectRemoval()
    await calls.make(person.api(), {
      who: person.name,
      name: 'rooms/kick',
      request: { room_id: person.code, user_id: target.id },
      isDone: () => table.isStatus(person.code, target.id, 'KICKED'),
    })
    const newcomer = await scene.newcomer(person.code)
    gathering.people.push(newcomer)
    void lead(newcomer, gathering, 0)
  }

  const transfer = async (person: Person, gathering: Gathering) => {
    const heir = another(person, gathering)
    if (heir === undefined) return
    await calls.make(person.api(), {
      who: person.name,
      name: 'rooms/transfer',
      request: { room_id: person.code, user_id: heir.id },
      isDone: () => table.isOffered(person.code, heir.id),
    })
    await calls.make(heir.api(), {
      who: heir.name,
      name: 'rooms/accept-transfer',
      request: { room_id: person.code, accept: true },
      isDone: () => table.isHost(person.code, heir.id),
    })
  }

  const leave = async (person: Person) => {
    const close = person.turnToGo()
    await calls.make(person.api(), {
      who: person.name,
      name: 'rooms/leave',
      request: { room_id: person.code },
      isDone: () => table.isStatus(person.code, person.id, 'LEFT'),
    })
    close()
    await comeBack(person)
  }

  const act = async (doing: Act, person: Person, gathering: Gathering): Promise<unknown> => {
    const session = person.session()
    const at = person.draws.between(0, FILM_SECONDS - 600)
    switch (doing) {
      case 'say':
        return person.say(text(person.name))
      case 'wake':
        return session?.wake()
      case 'play':
        return session?.play()
      case 'pause':
        return session?.pause()
      case 'seek':
        return session?.seek(at)
      case 'video':
        films += 1
        return change(person, { media: filmOf(films), start: Math.round(at) })
      case 'rename':
        return change(person, { name: text(`The room of ${person.name}`).slice(0, 40) })
      case 'chatOff':
        await change(person, { is_chat_enabled: false })
        await pause(1_000)
        return change(person, { is_chat_enabled: true })
      case 'kick':
        return kick(person, gathering)
      case 'transfer':
        return transfer(person, gathering)
      case 'leave':
        return leave(person)
      case 'closeTab':
        person.closeTab()
        return comeBack(person)
      case 'crash':
        person.crash()
        return comeBack(person)
      case 'nothing':
        return undefined
      default:
        return doing satisfies never
    }
  }

  const running = new Set<Promise<void>>()
  const lead = (person: Person, gathering: Gathering, comesAfter: number): Promise<void> => {
    const life = async () => {
      await pause(comesAfter)
      await person.enter()
      while (!isOver() && person.place() !== 'out') {
        await pause(person.draws.wait(person.isHost() ? hostActsAfter : viewerActsAfter))
        while (scene.isLate() && !isOver()) await pause(WHILE_LATE_MS)
        if (isOver()) break
        // Somebody whose client gave up comes again, as people do.
        if (person.place() === 'away') await person.enter()
        if (person.place() !== 'inside') continue
        if (person.isHost()) await approveAll(person)
        await act(person.isHost() ? person.draws.weighed(HOST) : person.draws.weighed(VIEWER), person, gathering)
      }
    }
    const lived = life().finally(() => running.delete(lived))
    running.add(lived)
    return lived
  }

  for (const gathering of scene.gatherings) {
    for (const person of gathering.people) void lead(person, gathering, person.draws.between(0, allAreInAfter))
    if (!gathering.isGivenOnlySilent) void chatter(gathering)
  }
  async function chatter({ givenOnly, code }: Gathering) {
    while (!isOver()) {
      await pause(GIVEN_ONLY_SAYS_AFTER)
      const said = text(`Given ${code}`)
      scene.said.push({ code, text: said, by: 'the client with the given fields', outcome: 'unmarked' })
      givenOnly.say(said)
    }
  }
  await pause(milliseconds)
  // Calls that are under way are finished; who waits to be let in waits on.
  const patience = timeline.sleep(30_000)
  await Promise.race([
    patience,
    Promise.all([...running].map((lived) => lived.catch((error) => Promise.reject(error)))),
  ])
}
