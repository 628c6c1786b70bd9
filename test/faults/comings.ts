import type { ServerEvent } from '../../protocol/server-events.ts'

type Told = { at: number; isThere: boolean }

const WORDS: Record<string, string> = { true: 'joined', false: 'left' }

/** What every socket was told of everybody's coming and going, whether it arrived or not. */
export const createComings = () => {
  /** By socket, then by person. */
  const told = new Map<string, Map<string, Told[]>>()

  const tellingsOf = (connectionId: string, userId: string): Told[] => {
    const ofSocket = told.get(connectionId) ?? new Map<string, Told[]>()
    told.set(connectionId, ofSocket)
    const tellings = ofSocket.get(userId) ?? []
    ofSocket.set(userId, tellings)
    return tellings
  }
  const note = (connectionId: string, userId: string, at: number, isThere: boolean) =>
    void tellingsOf(connectionId, userId).push({ at, isThere })

  /** In the order in which it happened, and without what was told more than once. */
  const historyOf = (connectionId: string, userId: string): boolean[] =>
    tellingsOf(connectionId, userId)
      .toSorted((one, other) => one.at - other.at)
      .map(({ isThere }) => isThere)
      .filter((isThere, index, all) => isThere !== all[index - 1])

  return {
    posted: (connectionId: string, event: ServerEvent): void => {
      if (event.type === 'USER_JOINED') note(connectionId, event.user_id, event.at, true)
      if (event.type === 'USER_LEFT') note(connectionId, event.user_id, event.at, false)
      if (event.type !== 'ROOM_PARTICIPANTS') return
      // Of those whom a list names, it says since when: it may have been read before a leave, and posted after it.
      const listed = new Map(event.members.map(({ user_id, since = event.at }) => [user_id, since]))
      // A list says of those whom it does not name that they are not there.
      const known = event.truncated === true ? [] : [...(told.get(connectionId)?.keys() ?? [])]
      for (const userId of new Set([...listed.keys(), ...known]))
        note(connectionId, userId, listed.get(userId) ?? event.at, listed.has(userId))
    },
    /** In words, where what a socket was told of somebody does not end with what is true. */
    wrongFor: (connectionId: string, userId: string, isThere: boolean): string | undefined => {
      const history = historyOf(connectionId, userId)
      if ((history.at(-1) ?? false) === isThere) return undefined
      const words = history.map((came) => WORDS[String(came)]).join(', ') || 'nothing'
      return `${words}; and is ${isThere ? '' : 'not '}there`
    },
  }
}
export type Comings = ReturnType<typeof createComings>
