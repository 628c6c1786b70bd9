import { memberRoleOf } from '../../protocol/roles.ts'
import type { ServerEventOf, Viewer } from '../../protocol/server-events.ts'

/** The last that was heard of a person since the greeting, and when that happened: epoch milliseconds of the server's clock. */
type Heard = { isHere: boolean; at: number }

/** Who is in the room now. `viewers` is the true count; the list is cut where `isCut`. Host first, then in order of arrival. */
export type People = {
  list: readonly Viewer[]
  viewers: number
  isCut: boolean
  hostId: string | null
  /** By user id. What is heard late, or a second time in a handover, is known by it. */
  heard: ReadonlyMap<string, Heard>
}

type PersonEvent = { user: string; user_id: string; at: number }

export const nobody: People = { list: [], viewers: 0, isCut: false, hostId: null, heard: new Map() }

export const greetPeople = (before: People, event: ServerEventOf<'ROOM_PARTICIPANTS'>): People => ({
  list: event.members,
  viewers: event.viewers,
  isCut: event.truncated === true,
  // A host who is away is not in the list and still hosts.
  hostId: event.members.find(({ role }) => role === 'host')?.user_id ?? before.hostId,
  heard: new Map(),
})

const isOutdated = ({ heard }: People, { user_id, at }: PersonEvent): boolean => (heard.get(user_id)?.at ?? at) > at

const note = ({ heard }: People, { user_id, at }: PersonEvent, isHere: boolean): People['heard'] =>
  new Map(heard).set(user_id, { isHere, at })

/** One more, unless already here: during a handover every event is heard twice. */
export const addPerson = (people: People, event: PersonEvent): People => {
  if (isOutdated(people, event)) return people
  const { user, user_id, at } = event
  const known = people.heard.get(user_id)
  if (known?.isHere === true && known.at === at) return people
  const noted = { ...people, heard: note(people, event, true) }
  if (people.list.some((person) => person.user_id === user_id)) return noted
  const person: Viewer = { user_id, name: user, role: user_id === people.hostId ? 'host' : 'participant' }
  const list = person.role === 'host' ? [person, ...people.list] : [...people.list, person]
  return { ...noted, list, viewers: Math.max(people.viewers + 1, list.length) }
}

export const removePerson = (people: People, event: PersonEvent): People => {
  if (isOutdated(people, event) || people.heard.get(event.user_id)?.isHere === false) return people
  const noted = { ...people, heard: note(people, event, false) }
  const list = people.list.filter(({ user_id }) => user_id !== event.user_id)
  // Not in a list that is whole: the greeting did not count them.
  if (list.length === people.list.length && !people.isCut) return noted
  return { ...noted, list, viewers: Math.max(people.viewers - 1, list.length) }
}

export const nameHost = (people: People, hostId: string): People => {
  if (people.hostId === hostId) return people
  const list = people.list.map(
    (viewer): Viewer => ({ ...viewer, role: viewer.user_id === hostId ? 'host' : memberRoleOf(viewer.role) }),
  )
  const hostFirst = list.sort((one, other) => Number(other.role === 'host') - Number(one.role === 'host'))
  return { ...people, list: hostFirst, hostId }
}
