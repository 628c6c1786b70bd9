import { waitingAmong } from '../../client/index.ts'
import { heirAmong } from '../../protocol/heirs.ts'
import type { MemberRole, Right } from '../../protocol/roles.ts'
import type { RouteName, SentOf } from '../../protocol/routes.ts'
import type { Gathering, Scene } from './life.ts'
import type { Person } from './person.ts'

type Wish<N extends RouteName> = { name: N; request: SentOf<N>; isDone: () => Promise<boolean> }

/** What people ask of the server about the room and about each other, each until it is answered. */
export const createWishes = ({ calls, table, said, counts }: Scene) => {
  /** Whoever has lost the right meanwhile may be refused, although the table is as the call wants it. */
  const ask = <N extends RouteName>(person: Person, right: Right | 'none', { isDone, ...wish }: Wish<N>) => {
    const isAllowed = () =>
      right === 'none' ? table.isMember(person.code, person.id) : table.may(right, person.code, person.id)
    const call = { ...wish, who: person.name, isDone: async () => (await isAllowed()) && (await isDone()) }
    return calls.make(person.api(), call)
  }

  const stateOf = (person: Person) => person.session()?.store.get()
  const about = ({ code }: Person, other: { id: string }) => ({ room_id: code, user_id: other.id })

  const another = (person: Person, { people }: Gathering, isMeant: (other: Person) => boolean = () => true) =>
    person.draws.pick(people.filter((other) => other !== person && other.place() === 'inside' && isMeant(other)))

  const change = (person: Person, right: Right, facts: Omit<SentOf<'rooms/settings'>, 'room_id'>) => {
    const request = { room_id: person.code, ...facts }
    return ask(person, right, { name: 'rooms/settings', request, isDone: async () => true })
  }

  const approveAll = async (person: Person) => {
    for (const waiting of waitingAmong(stateOf(person)?.members ?? []))
      await ask(person, 'moderate', {
        name: 'rooms/approve',
        request: about(person, waiting),
        isDone: () => table.isStatus(person.code, waiting.id, 'APPROVED'),
      })
  }

  /** A co-host is the host's to remove, and nobody removes a host whose place somebody has taken. */
  const isRemovable = (by: Person, other: Person) =>
    stateOf(by)?.room?.stands_in_for !== other.id && (by.role() === 'host' || by.roleOf(other) === 'participant')

  /** Whether somebody was removed. */
  const kick = async (person: Person, gathering: Gathering): Promise<boolean> => {
    const target = another(person, gathering, (other) => isRemovable(person, other))
    if (target === undefined) return false
    target.expectRemoval()
    const answer = await ask(person, 'moderate', {
      name: 'rooms/kick',
      request: about(person, target),
      isDone: () => table.isStatus(person.code, target.id, 'KICKED'),
    })
    return answer !== undefined
  }

  const giveRole = async (person: Person, gathering: Gathering, role: MemberRole) => {
    const before = role === 'cohost' ? 'participant' : 'cohost'
    const target = another(person, gathering, (other) => person.roleOf(other) === before)
    if (target === undefined) return
    counts.roles += 1
    await ask(person, 'own', {
      name: 'rooms/role',
      request: { ...about(person, target), role },
      isDone: async () =>
        (await table.isStatus(person.code, target.id, 'APPROVED')) &&
        (await table.isCohost(person.code, target.id)) === (role === 'cohost'),
    })
  }

  const transfer = async (person: Person, gathering: Gathering) => {
    const heir = another(person, gathering)
    if (heir === undefined) return
    await ask(person, 'own', {
      name: 'rooms/transfer',
      request: about(person, heir),
      isDone: () => table.isOffered(person.code, heir.id),
    })
    await ask(heir, 'none', {
      name: 'rooms/accept-transfer',
      request: { room_id: person.code, accept: true },
      isDone: () => table.isHost(person.code, heir.id),
    })
  }

  /** As the page offers it: while the host is not there, and to the heir alone; to who was away, until they have the room. */
  const takeWhatIsTheirs = async (person: Person) => {
    const { room, people } = stateOf(person) ?? {}
    if (room == null || people === undefined) return
    const request = { room_id: person.code }
    const isDone = () => table.isHost(person.code, person.id)
    const isHostThere = people.list.some(({ user_id }) => user_id === room.host_id)
    if (room.stands_in_for === person.id) {
      if (await ask(person, 'none', { name: 'rooms/take-back', request, isDone })) counts.takenBack += 1
    } else if (!isHostThere && heirAmong(people.list, room) === person.id) {
      if (await ask(person, 'none', { name: 'rooms/take-over', request, isDone })) counts.takenOver += 1
    }
  }

  const isMine = (person: Person, { user_id }: { user_id: string }) => user_id === person.id

  const removeMessage = async (person: Person) => {
    const messages = stateOf(person)?.messages ?? []
    const message = person.draws.pick(messages.filter((one) => person.may('moderate') || isMine(person, one)))
    if (message === undefined) return
    const entry = said.find(({ code, text }) => code === person.code && text === message.message)
    if (entry !== undefined) entry.removal ??= 'asked'
    const answer = await ask(person, isMine(person, message) ? 'none' : 'moderate', {
      name: 'rooms/remove-message',
      request: { room_id: person.code, message_id: message.id },
      isDone: () => table.isRemoved(person.code, message.id),
    })
    if (answer === undefined) return
    if (entry !== undefined) entry.removal = 'done'
    counts.removed += 1
  }

  const clearChat = async (person: Person) => {
    counts.cleared += 1
    const until = stateOf(person)?.messages.at(-1)?.id
    const request = { room_id: person.code, ...(until !== undefined && { until }) }
    await ask(person, 'moderate', { name: 'rooms/clear-chat', request, isDone: async () => true })
  }

  const leave = (person: Person) => {
    const request = { room_id: person.code }
    const isDone = () => table.isStatus(person.code, person.id, 'LEFT')
    return calls.make(person.api(), { who: person.name, name: 'rooms/leave', request, isDone })
  }

  return { change, approveAll, kick, giveRole, transfer, takeWhatIsTheirs, removeMessage, clearChat, leave }
}
