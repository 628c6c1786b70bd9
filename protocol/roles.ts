// Without schemas, so that a page can read it.

/** What a member's own row may say that they are. Who hosts is said by the room alone. */
export const memberRoles = ['participant'] as const
export type MemberRole = (typeof memberRoles)[number]
export type Role = 'host' | MemberRole

/**
 * The role of somebody who does not host, as this version knows it: a participant where nothing is said, or a role that only
 * a newer version has.
 * @example memberRoleOf(undefined) === 'participant'
 */
export const memberRoleOf = (said: unknown): MemberRole => memberRoles.find((role) => role === said) ?? 'participant'
