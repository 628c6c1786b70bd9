import { heirAmong } from '../../protocol/heirs.ts'
import { HOST_AWAY_SECONDS } from '../../protocol/limits.ts'
import { Refusal } from '../../protocol/refusals.ts'
import type { Member } from './membership.ts'
import { isPresent, lastLeft, openConnections, type Presence } from './presence.ts'
import { isBarred, isHost } from './rights.ts'
import type { Room } from './room.ts'

/** The host as the table knows them. `isForgotten`: they cannot come back. */
export type HostThen = { member: Member | undefined; isForgotten: boolean }

/**
 * Since when a host without a socket is missing. Their row notes when they were there last. Where the function that
 * removed their last socket ended before it had noted that, their presence says it. A host who was never inside is missing
 * since they came into the room, or became the host; a host without a row, since the room was made.
 */
const missingSince = ({ created_at }: Room, presence: Presence | undefined, member: Member | undefined): number => {
  const left = presence === undefined ? 0 : lastLeft(presence)
  if (member === undefined) return Math.max(left, created_at)
  return Math.max(left, member.left_at, member.status_at, member.hosting_since ?? 0)
}

/**
 * Whether a host is away: no socket for a minute. A host whose sockets have all been silent for too long has been away
 * for minutes already.
 */
const isAway = (
  room: Room,
  presence: Presence | undefined,
  { member, isForgotten }: HostThen,
  now: number,
): boolean => {
  if (presence !== undefined && openConnections(presence, now).length > 0) return false
  return isForgotten || now - missingSince(room, presence, member) >= HOST_AWAY_SECONDS * 1000
}

/** Whether the host is here, and if not, who may take over: undefined where nobody may. */
type Succession = { isHere: true } | { isHere: false; heir: string | undefined }

/**
 * Who may take over while the host is away. Where the host cannot come back and nobody helps them, any member may be the
 * heir: else the room would be nobody's for ever. Who is being removed is none.
 */
export const succession = (room: Room, presences: readonly Presence[], host: HostThen, now: number): Succession => {
  const ofHost = presences.find(({ user_id }) => isHost(room, user_id))
  if (!isAway(room, ofHost, host, now)) return { isHere: true }
  const present = presences
    .filter((one) => isPresent(one, now) && !isBarred(room, one.user_id))
    .map(({ user_id, present_since }) => ({ user_id, since: present_since ?? now }))
  return { isHere: false, heir: heirAmong(present, host.isForgotten ? { ...room, heirs: 'MEMBERS' } : room) }
}

/**
 * Nobody but the heir takes over, and only while the host is away.
 * @throws Refusal host_is_here, not_heir
 */
export const assertMayTakeOver = (next: Succession, userId: string): void => {
  if (next.isHere) throw new Refusal('host_is_here')
  if (next.heir !== userId) throw new Refusal('not_heir')
}
