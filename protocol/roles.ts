// Without schemas, so that a page can read it.
import { MAX_COHOSTS } from './limits.ts'
import type { RoomFacts } from './room.ts'

/**
 * The roles that a host gives, the highest first. `list`: the fact of the room that says who has it. `most`: so many people
 * have it at the most. `isHeir`: whoever has it may take over while the host is away, before those of the next row.
 */
export const givenRoles = {
  cohost: { list: 'cohosts', most: MAX_COHOSTS, isHeir: true },
} as const satisfies Record<string, { list: keyof RoomFacts; most: number; isHeir: boolean }>

export type GivenRole = keyof typeof givenRoles
/** What a member may be beside the host. A participant is whom no list names. */
export type MemberRole = GivenRole | 'participant'
export type Role = 'host' | MemberRole

/** The highest first. */
export const givenRoleNames = Object.keys(givenRoles) as GivenRole[]
export const memberRoles: readonly MemberRole[] = [...givenRoleNames, 'participant']
export const allRoles: readonly Role[] = ['host', ...memberRoles]

/**
 * The role of somebody who does not host, as this version knows it. Where nothing is said, or a role that only a newer
 * version has, it is a participant.
 * @example memberRoleOf(undefined) === 'participant'
 */
export const memberRoleOf = (said: unknown): MemberRole => memberRoles.find((role) => role === said) ?? 'participant'

/** The facts that say who has which role. */
export type RoleList = (typeof givenRoles)[GivenRole]['list']
export const roleLists: readonly RoleList[] = givenRoleNames.map((role) => givenRoles[role].list)

/** The role that the lists give somebody, also where they host. */
export const listedRole = (lists: Record<RoleList, readonly string[]>, userId: string): MemberRole =>
  givenRoleNames.find((role) => lists[givenRoles[role].list].includes(userId)) ?? 'participant'

/**
 * `command`: play, pause and seek. `choose`: the video. `moderate`: answer requests to join, let nobody new in, remove, ban,
 * mute, remove messages, see everybody's status. `change`: settings. `own`: give roles, hand the room over, delete it.
 */
export type Right = 'command' | 'choose' | 'moderate' | 'change' | 'own'

export const rightsOf: Record<Role, readonly Right[]> = {
  host: ['command', 'choose', 'moderate', 'change', 'own'],
  cohost: ['command', 'choose', 'moderate'],
  participant: [],
}

/** The right that it takes to remove or mute who has a role. */
export const rightToModerate: Record<Role, Right> = {
  host: 'moderate',
  cohost: 'own',
  participant: 'moderate',
}

/** What every member may do as well where the room's `control` is EVERYONE. */
export const rightsOfEveryone: readonly Right[] = ['command']
