// Without schemas, so that a page can read it.

/** What a member may be beside the host. The room says who is what. */
export const memberRoles = ['cohost', 'participant'] as const
export type MemberRole = (typeof memberRoles)[number]
export type Role = 'host' | MemberRole

/**
 * The role of somebody who does not host, as this version knows it: a participant where nothing is said, or a role that only
 * a newer version has.
 * @example memberRoleOf(undefined) === 'participant'
 */
export const memberRoleOf = (said: unknown): MemberRole => memberRoles.find((role) => role === said) ?? 'participant'

/**
 * `command`: play, pause and seek. `choose`: the video. `moderate`: answer requests to join, let nobody new in, remove, ban,
 * mute, remove messages, see everybody's status. `change`: settings. `own`: appoint co-hosts, hand the room over, delete it.
 */
export type Right = 'command' | 'choose' | 'moderate' | 'change' | 'own'

export const rightsOf: Record<Role, readonly Right[]> = {
  host: ['command', 'choose', 'moderate', 'change', 'own'],
  cohost: ['command', 'choose', 'moderate'],
  participant: [],
}

/** What every member may do as well where the room's `control` is EVERYONE. */
export const rightsOfEveryone: readonly Right[] = ['command']
