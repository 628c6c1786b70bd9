import {
  type ChangedSetting,
  type DecisionName,
  decisionNames,
  type ServiceDecisionName,
} from '../../protocol/decisions.ts'
import type { AdminDecision } from '../../protocol/http/admin/audit.ts'
import type { ShownDecision } from '../../protocol/http/audit.ts'
import type { RefusalCode } from '../../protocol/refusal-codes.ts'
import { shortened } from './address.ts'
import type { Member } from './membership.ts'
import { isHost } from './rights.ts'
import type { Room, RoomChange } from './room.ts'
import type { User } from './session.ts'

/** What a handler says of a decision: the room, what it is, and whom it is about, if anybody. */
export type About = {
  room: Pick<Room, 'code' | 'host' | 'host_id'>
  what: DecisionName
  whom?: Pick<Member, 'name' | 'user_id'>
  changed?: readonly ChangedSetting[]
}

/** The same of a decision about the service itself. */
export type AboutService = {
  what: ServiceDecisionName
  whom?: Pick<Member, 'name' | 'user_id'> | undefined
  /** What the decision was about where that is no person, for people to read. */
  detail?: string
}

/** The beginning of a network's hash, by which people tell one from another. */
const shortHash = (id: string): string => id.slice(0, 8)

/** A network, for people to read: its address is not known. */
export const networkDetail = (id: string, note = ''): string =>
  note === '' ? shortHash(id) : `${shortHash(id)}: ${note}`

const NOTICE_CHARACTERS = 80

/** The beginning of a notice, in one line. */
export const noticeDetail = (notice: string): string => {
  const characters = [...notice.replaceAll(/\s+/g, ' ')]
  const beginning = characters.slice(0, NOTICE_CHARACTERS).join('')
  return characters.length > NOTICE_CHARACTERS ? `${beginning} …` : beginning
}

/** What somebody with a right decided, as it is kept. */
export type Decision = {
  id: string
  what: DecisionName | ServiceDecisionName
  by: string
  by_id: string
  whom: string | null
  whom_id: string | null
  /** When, epoch milliseconds. */
  at: number
  /** From where, shortened: whoever runs the service may have to ask whether somebody used another one's token. */
  from: string
  changed?: readonly ChangedSetting[] | undefined
  detail?: string | undefined
  /** Decided by whoever runs the service. */
  is_admin?: true | undefined
}

/** How a decision ended. One that has no outcome is kept as `intended`. */
export type Outcome = { outcome: 'done' } | { outcome: 'refused'; code: RefusalCode }

/** In a room somebody may go by another name than elsewhere. */
const nameIn = (room: About['room'], user: User): string => (isHost(room, user.id) ? room.host : user.display_name)

/** `name`: under which the room knows who decides, where that was read. */
type Deciding = { id: string; at: number; address: string; isAdmin: boolean; name?: string | undefined }

/** The decision that somebody is about to carry out. */
export const decisionOf = (
  user: User,
  about: About | AboutService,
  { id, at, address, isAdmin, name }: Deciding,
): Decision => {
  const { what, whom, room, changed, detail } = { room: undefined, changed: undefined, detail: undefined, ...about }
  return {
    id,
    what,
    by: isAdmin || room === undefined ? user.display_name : (name ?? nameIn(room, user)),
    by_id: user.id,
    whom: whom?.name ?? null,
    whom_id: whom?.user_id ?? null,
    at,
    from: shortened(address),
    changed,
    detail,
    ...(isAdmin && { is_admin: true }),
  }
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

/** The names of the settings that a change would change. A password is named and not told. */
export const changedBy = (room: Room, change: RoomChange): ChangedSetting[] =>
  Object.keys(change)
    .map((name) => name as keyof RoomChange)
    .filter((name) => !isSame(room[name], change[name]))
    // Whoever changes a password changes what is noted beside its hash, too.
    .flatMap((name) => {
      if (name === 'chosen_hash' || name === 'password_at') return []
      return [name === 'password_hash' ? 'password' : name]
    })

const isOfRoom = (what: DecisionName | ServiceDecisionName): what is DecisionName =>
  (decisionNames as readonly string[]).includes(what)

/** A decision as those who moderate the room see it: without the address that it came from. */
export const shownInRoom = ({
  room: _room,
  from: _from,
  detail: _detail,
  what,
  ...shown
}: AdminDecision): ShownDecision[] => (isOfRoom(what) ? [{ ...shown, what }] : [])
