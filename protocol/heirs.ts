// Without schemas, so that a page can read it.
import { type GivenRole, givenRoleNames, givenRoles, type RoleList } from './roles.ts'
import type { RoomFacts } from './room.ts'

type Present = { user_id: string; since?: number | undefined }

/** Who came first; who came at one moment, by their ids, so that everybody names the same. */
const byArrival = (one: Present, other: Present): number =>
  (one.since ?? Number.MAX_VALUE) - (other.since ?? Number.MAX_VALUE) || (one.user_id < other.user_id ? -1 : 1)

const inheriting = givenRoleNames.filter((role) => givenRoles[role].isHeir)

/**
 * Who may take over while the host is away: of those present, the co-host who has been there for the longest. Where no
 * co-host is there and the room's `heirs` is MEMBERS, it is the member who has been there for the longest. Undefined
 * where nobody may.
 * @param present `since` when they are there, epoch milliseconds
 */
export const heirAmong = (
  present: readonly Present[],
  facts: Pick<RoomFacts, 'host_id' | 'heirs' | RoleList>,
): string | undefined => {
  const others = present.filter(({ user_id }) => user_id !== facts.host_id).toSorted(byArrival)
  const having = (role: GivenRole) => others.filter(({ user_id }) => facts[givenRoles[role].list]?.includes(user_id))
  const [heir] = [...inheriting.flatMap(having), ...(facts.heirs === 'MEMBERS' ? others : [])]
  return heir?.user_id
}
