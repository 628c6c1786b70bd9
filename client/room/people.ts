import type { Role } from '../../protocol/roles.ts'
import type { RoomFacts } from '../../protocol/room.ts'
import type { ServerEventOf, Viewer } from '../../protocol/server-events.ts'
import { type RoleFacts, roleIn } from './role.ts'

/**
 * What was heard last of a person since the greeting, and when that happened: epoch milliseconds of the server's clock.
 */
type Heard = { isHere: boolean; at: number }

/**
 * Who is in the room now, the host first, then in order of arrival. `viewers` is the true count; the list is cut where
 * `isCut`.
 */
export type People = {
  list: readonly Viewer[]
  viewers: number
  isCut: boolean
  hostId: string | null
  /** The revision of the people that the list is of; null where the server does not say. */
  revision: number | null
  /** By user id. It shows what is heard late, or a second time in a handover. */
  heard: ReadonlyMap<string, Heard>
}

type PersonEvent = {
  user: string
  user_id: string
  at: number
  revision?: number | undefined
  renamed?: true | undefined
}

export const nobody: People = { list: [], viewers: 0, isCut: false, hostId: null, revision: null, heard: new Map() }

export const greetPeople = (before: People, event: ServerEventOf<'ROOM_PARTICIPANTS'>): People => ({
  list: event.members,
  viewers: event.viewers,
  isCut: event.truncated === true,
  // A host who is away is not in the list and still hosts.
  hostId: event.members.find(({ role }) => role === 'host')?.user_id ?? before.hostId,
  revision: event.revision ?? null,
  heard: new Map(),
})

/** Whether something newer is known of the person: the list that has it, an event, or that they came later. */
const isOutdated = ({ heard, list, revision: listed }: People, { user_id, at, revision }: PersonEvent): boolean => {
  if (revision !== undefined && listed !== null && revision <= listed) return true
  const { since = at } = list.find((person) => person.user_id === user_id) ?? {}
  return (heard.get(user_id)?.at ?? since) > at
}

const note = ({ heard }: People, { user_id, at }: PersonEvent, isHere: boolean): People['heard'] =>
  new Map(heard).set(user_id, { isHere, at })

const named = (list: People['list'], { user, user_id }: PersonEvent): People['list'] =>
  list.every((person) => person.user_id !== user_id || person.name === user)
    ? list
    : list.map((person) => (person.user_id === user_id ? { ...person, name: user } : person))

/**
 * The people with one more. Somebody who is here already gets the name that the event says: during a handover every
 * event is heard twice.
 */
export const addPerson = (people: People, event: PersonEvent, role: Role): People => {
  if (isOutdated(people, event)) return people
  const { user, user_id, at } = event
  const known = people.heard.get(user_id)
  if (known?.isHere === true && known.at === at) return people
  const noted = { ...people, heard: note(people, event, true) }
  if (people.list.some((person) => person.user_id === user_id)) return { ...noted, list: named(people.list, event) }
  // The person stands beyond the end of a list that is cut.
  if (event.renamed === true && people.isCut) return noted
  const person: Viewer = { user_id, name: user, role, since: at }
  const list = person.role === 'host' ? [person, ...people.list] : [...people.list, person]
  return { ...noted, list, viewers: Math.max(people.viewers + 1, list.length) }
}

export const removePerson = (people: People, event: PersonEvent): People => {
  // Their new name comes with the next event.
  if (event.renamed === true) return people
  if (isOutdated(people, event) || people.heard.get(event.user_id)?.isHere === false) return people
  const noted = { ...people, heard: note(people, event, false) }
  const list = people.list.filter(({ user_id }) => user_id !== event.user_id)
  // A whole list did not have this person: the greeting did not count them.
  if (list.length === people.list.length && !people.isCut) return noted
  return { ...noted, list, viewers: Math.max(people.viewers - 1, list.length) }
}

/** The people with the roles that the room's facts give them, the host first. */
export const giveRoles = (people: People, facts: Pick<RoomFacts, keyof RoleFacts>): People => {
  const roleFor = ({ user_id, role }: Viewer): Role => roleIn(facts, user_id, () => role)
  const isSame = people.hostId === facts.host_id && people.list.every((viewer) => viewer.role === roleFor(viewer))
  if (isSame) return people
  const list = people.list.map((viewer): Viewer => ({ ...viewer, role: roleFor(viewer) }))
  const hostFirst = list.sort((one, other) => Number(other.role === 'host') - Number(one.role === 'host'))
  return { ...people, list: hostFirst, hostId: facts.host_id }
}
