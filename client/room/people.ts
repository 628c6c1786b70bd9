import { memberRoleOf } from '../../protocol/roles.ts'
import type { ServerEventOf, Viewer } from '../../protocol/server-events.ts'

/** Who is in the room now. `viewers` is the true count; the list is cut where `isCut`. Host first, then in order of arrival. */
export type People = { list: readonly Viewer[]; viewers: number; isCut: boolean; hostId: string | null }

export const nobody: People = { list: [], viewers: 0, isCut: false, hostId: null }

export const greetPeople = (before: People, event: ServerEventOf<'ROOM_PARTICIPANTS'>): People => ({
  list: event.members,
  viewers: event.viewers,
  isCut: event.truncated === true,
  // A host who is away is not in the list and still hosts.
  hostId: event.members.find(({ role }) => role === 'host')?.user_id ?? before.hostId,
})

/** One more, unless already here: during a handover every event is heard twice. */
export const addPerson = (people: People, { user, user_id }: { user: string; user_id: string }): People => {
  if (people.list.some((viewer) => viewer.user_id === user_id)) return people
  const viewer: Viewer = { user_id, name: user, role: user_id === people.hostId ? 'host' : 'participant' }
  const list = viewer.role === 'host' ? [viewer, ...people.list] : [...people.list, viewer]
  return { ...people, list, viewers: Math.max(people.viewers + 1, list.length) }
}

export const removePerson = (people: People, userId: string): People => {
  const list = people.list.filter(({ user_id }) => user_id !== userId)
  // Not in the list: either the list is cut and the person was beyond its end, or the leave was heard before.
  if (list.length === people.list.length && !people.isCut) return people
  return { ...people, list, viewers: Math.max(people.viewers - 1, list.length) }
}

export const nameHost = (people: People, hostId: string): People => {
  if (people.hostId === hostId) return people
  const list = people.list.map(
    (viewer): Viewer => ({ ...viewer, role: viewer.user_id === hostId ? 'host' : memberRoleOf(viewer.role) }),
  )
  const hostFirst = list.sort((one, other) => Number(other.role === 'host') - Number(one.role === 'host'))
  return { ...people, list: hostFirst, hostId }
}
