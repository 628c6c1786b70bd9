import { remains, sinceCleared } from '../../functions/domain/chat.ts'
import type { Member } from '../../functions/domain/membership.ts'
import { isPresent, type Presence } from '../../functions/domain/presence.ts'
import { may } from '../../functions/domain/rights.ts'
import type { Room } from '../../functions/domain/room.ts'
import type { Right } from '../../protocol/roles.ts'
import type { ShownMessage } from '../../protocol/server-events.ts'

/** What the tables say of one room. */
export type RoomTruth = {
  room: Room
  /** The server's clock on reading. */
  now: number
  /** What is left of the chat. */
  messages: ShownMessage[]
  /** Texts of everything that was said and not removed, cleared or not. */
  texts: string[]
  members: Member[]
  presences: Presence[]
  /** Ids of those whom the server counts. */
  present: Set<string>
}

export type Table = {
  read: (code: string) => Promise<RoomTruth>
  isHost: (code: string, userId: string) => Promise<boolean>
  isCohost: (code: string, userId: string) => Promise<boolean>
  isMember: (code: string, userId: string) => Promise<boolean>
  may: (right: Right, code: string, userId: string) => Promise<boolean>
  isOffered: (code: string, userId: string) => Promise<boolean>
  isStatus: (code: string, userId: string, status: Member['status']) => Promise<boolean>
  /** Whether a message was removed, and nobody has cleared the chat since. */
  isRemoved: (code: string, id: string) => Promise<boolean>
}

const MOST = 100_000
/** Before every id. */
const FIRST = '0'

/** Reads the tables with the functions' own code. */
export const openTable = async (clock: () => number): Promise<Table> => {
  // Imported here, because the stage names the tables first.
  const [{ roomByCode }, { messageById, messagesAfter }, { membersIn }, { memberOf }, { presencesIn }] =
    await Promise.all([
      import('../../functions/table/rooms.ts'),
      import('../../functions/table/messages.ts'),
      import('../../functions/table/member-lists.ts'),
      import('../../functions/table/members.ts'),
      import('../../functions/table/presences.ts'),
    ])
  const roomOf = async (code: string): Promise<Room> => {
    const room = await roomByCode(code)
    if (room === undefined) throw new Error(`The table has no room ${code}.`)
    return room
  }
  const isStatus: Table['isStatus'] = async (code, userId, status) => (await memberOf(code, userId))?.status === status
  return {
    read: async (code) => {
      const [room, said, { members }, presences] = await Promise.all([
        roomOf(code),
        messagesAfter(code, FIRST, MOST, { now: clock(), days: 30 }),
        membersIn(code, MOST, undefined),
        presencesIn(code),
      ])
      const present = new Set(presences.filter((one) => isPresent(one, clock())).map(({ user_id }) => user_id))
      const texts = said.map(({ message }) => message)
      return { room, now: clock(), messages: sinceCleared(said, room), texts, members, presences, present }
    },
    isHost: async (code, userId) => (await roomOf(code)).host_id === userId,
    isOffered: async (code, userId) => (await roomOf(code)).offered_to === userId,
    isStatus,
    isCohost: async (code, userId) => (await roomOf(code)).cohosts.includes(userId),
    isMember: (code, userId) => isStatus(code, userId, 'APPROVED'),
    may: async (right, code, userId) => may(right, await roomOf(code), userId),
    isRemoved: async (code, id) =>
      (await messageById(code, id))?.removal !== undefined && remains(id, await roomOf(code)),
  }
}
