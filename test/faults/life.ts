import { HOST_AWAY_SECONDS } from '../../protocol/limits.ts'
import { type Act, drawAct } from './acts.ts'
import type { Calls } from './calls.ts'
import type { GivenOnlyClient } from './given-only.ts'
import type { Person, World } from './person.ts'
import type { Table } from './table.ts'
import { createWishes } from './wishes.ts'

/** A room and who is about it. */
export type Gathering = {
  code: string
  people: Person[]
  givenOnly: GivenOnlyClient
  givenOnlyId: string
  /** The one with the given fields says something now and then; in half of the rooms it never does. */
  isGivenOnlySilent: boolean
  /** The first of the people hosts the room, and comes when the others have been there for a while. */
  isHostLate: boolean
}

/** How often people did what the figures are about. */
export type Counts = Record<'removed' | 'cleared' | 'roles' | 'takenOver' | 'takenBack', number>

export type Scene = World & {
  calls: Calls
  table: Table
  gatherings: Gathering[]
  counts: Counts
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
/** A host who goes away is away for long enough that somebody else may take over. */
const AWAY_MS = HOST_AWAY_SECONDS * 1_000
const AWAY_ON_MS = 20_000
/** In this share of the life the host of some rooms has not come yet. */
const COMES_LATE = 0.8
const WHILE_LATE_MS = 250
const FILM_SECONDS = 7_200

export const filmOf = (number: number) => ({
  url: `https://video.example/${number}.mp4`,
  title: `Film ${number}`,
  duration: FILM_SECONDS,
})

/** Everybody's random life, until it is over. */
export const live = async (scene: Scene, milliseconds: number): Promise<void> => {
  const { timeline } = scene
  const wishes = createWishes(scene)
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

  const kick = async (person: Person, gathering: Gathering) => {
    if (!(await wishes.kick(person, gathering))) return
    const newcomer = await scene.newcomer(person.code)
    gathering.people.push(newcomer)
    void lead(newcomer, gathering, 0)
  }

  const leave = async (person: Person) => {
    const close = person.turnToGo()
    await wishes.leave(person)
    close()
    await comeBack(person)
  }

  /** A host who goes for long leaves the room to somebody. Too late in the life it would be the end of it. */
  const goAway = async (person: Person, gathering: Gathering) => {
    if (endsAt - timeline.now() < AWAY_MS + 2 * AWAY_ON_MS) return
    await wishes.giveRole(person, gathering, 'cohost')
    person.closeTab()
    await pause(AWAY_MS + person.draws.wait(AWAY_ON_MS))
    if (!isOver()) await person.enter()
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
        return wishes.change(person, 'choose', { media: filmOf(films), start: Math.round(at) })
      case 'rename':
        return wishes.change(person, 'change', { name: text(`The room of ${person.name}`).slice(0, 40) })
      case 'control':
        return wishes.change(person, 'change', { control: person.draws.happens(0.5) ? 'EVERYONE' : 'HOSTS' })
      case 'chatOff':
        await wishes.change(person, 'change', { is_chat_enabled: false })
        await pause(1_000)
        return wishes.change(person, 'change', { is_chat_enabled: true })
      case 'appoint':
        return wishes.giveRole(person, gathering, 'cohost')
      case 'dismiss':
        return wishes.giveRole(person, gathering, 'participant')
      case 'removeMessage':
        return wishes.removeMessage(person)
      case 'clearChat':
        return wishes.clearChat(person)
      case 'kick':
        return kick(person, gathering)
      case 'transfer':
        return wishes.transfer(person, gathering)
      case 'leave':
        return leave(person)
      case 'goAway':
        return goAway(person, gathering)
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
        await pause(person.draws.wait(person.role() === 'host' ? hostActsAfter : viewerActsAfter))
        while (scene.isLate() && !isOver()) await pause(WHILE_LATE_MS)
        if (isOver()) break
        // Somebody whose client gave up comes again, as people do.
        if (person.place() === 'away') await person.enter()
        if (person.place() !== 'inside') continue
        if (person.may('moderate')) await wishes.approveAll(person)
        await wishes.takeWhatIsTheirs(person)
        await act(drawAct(person), person, gathering)
      }
    }
    const lived = life().finally(() => running.delete(lived))
    running.add(lived)
    return lived
  }

  for (const gathering of scene.gatherings) {
    for (const [index, person] of gathering.people.entries()) {
      const isLate = gathering.isHostLate && index === 0
      void lead(person, gathering, isLate ? milliseconds * COMES_LATE : person.draws.between(0, allAreInAfter))
    }
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
