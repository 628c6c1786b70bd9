// Without statuses and sentences, so that a page that reads codes does not carry them.

/** Every code of a refusal: the closed list. What each means is in refusals.ts. */
const refusalCodes = [
  'invalid_json',
  'invalid_field',
  'guests_cannot_host',
  'invalid_credentials',
  'unauthorized',
  'wrong_password',
  'guests_not_allowed',
  'room_locked',
  'rejected',
  'kicked',
  'banned',
  'not_a_member',
  'not_host',
  'room_not_found',
  'member_not_found',
  'message_not_found',
  'not_pending',
  'not_offered',
  'not_found',
  'email_taken',
  'already_registered',
  'host_must_stay',
  'host_may_return',
  'host_is_here',
  'not_heir',
  'too_many_cohosts',
  'conflict',
  'not_connected',
  'too_many_connections',
  'too_large',
  'unknown_type',
  'chat_disabled',
  'muted',
  'too_fast',
  'service_banned',
  'registration_closed',
  'guests_closed',
  'link_ended',
  'not_admin',
  'sign_in_again',
  'person_not_found',
  'network_unknown',
  'still_admin',
  'last_admin',
  'fault',
] as const
export type RefusalCode = (typeof refusalCodes)[number]

export const isRefusalCode = (code: string): code is RefusalCode => (refusalCodes as readonly string[]).includes(code)

/** The refusals that an ERROR frame may tell. */
export const socketRefusalCodes = [
  'invalid_json',
  'invalid_field',
  'unknown_type',
  'too_large',
  'unauthorized',
  'not_a_member',
  'not_connected',
  'chat_disabled',
  'muted',
  'too_fast',
  'message_not_found',
  'fault',
] as const satisfies readonly RefusalCode[]
export type SocketRefusalCode = (typeof socketRefusalCodes)[number]

/** What holds a message back beside its sender's own bucket. */
export const chatLimits = ['slow_mode', 'newcomers'] as const
export type ChatLimit = (typeof chatLimits)[number]

/** Why a socket was closed for good: the codes of REMOVED and ROOM_DELETED. */
export const removalCodes = [
  'room_deleted',
  'left',
  'kicked',
  'banned',
  'rejected',
  'signed_out',
  'expired',
  'replaced',
] as const
