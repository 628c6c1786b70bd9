import { type ChatLimit, type RefusalCode, type SocketRefusalCode, socketRefusalCodes } from './refusal-codes.ts'

/**
 * Every expected "no", as one closed list: the stable code, the HTTP status it travels with, and the sentence people read.
 * On a WebSocket the same codes arrive in ERROR frames, without the status.
 */
export const refusals = {
  invalid_json: [400, 'Send the body as a JSON object.'],
  invalid_field: [400, 'A field has a wrong value.'],
  guests_cannot_host: [403, 'Guests cannot create rooms here. Create an account first.'],
  invalid_credentials: [401, 'Invalid credentials'],
  unauthorized: [401, 'Sign in and send your access token.'],
  wrong_password: [403, 'The room password is missing or wrong. Ask the host for it.'],
  guests_not_allowed: [403, 'This room does not admit guests. Sign in with an account.'],
  room_locked: [403, 'Nobody new is let in at the moment. Try again later.'],
  rejected: [403, 'Your request was declined. You can ask again later.'],
  kicked: [403, 'You were removed from this room. You can come back later.'],
  banned: [403, 'You are banned from this room.'],
  not_a_member: [403, 'You are not a member of this room. Join it first.'],
  not_host: [403, 'You may not do this in this room.'],
  room_not_found: [404, 'There is no room with this code.'],
  member_not_found: [404, 'There is no such member in this room.'],
  not_offered: [404, 'Nobody offers you this room, or not any more.'],
  message_not_found: [404, 'There is no such message in this room. It may have been removed.'],
  not_pending: [404, 'This person is not waiting to be let in.'],
  not_found: [404, 'There is nothing at this address.'],
  email_taken: [409, 'There is already an account with this e-mail address. Sign in instead.'],
  already_registered: [409, 'This is already an account. Sign in with its e-mail address.'],
  host_must_stay: [409, 'The host cannot leave. Hand the room over or delete it.'],
  host_may_return: [
    409,
    'Somebody stands in for the host, who may take the room back. Until then nobody removes or mutes them, or deletes the room.',
  ],
  too_many_cohosts: [409, 'This room has as many co-hosts as it may have. Take the role from somebody first.'],
  host_is_here: [409, 'The host is here, or was a moment ago. Wait a minute.'],
  not_heir: [403, 'Somebody else may take over before you.'],
  conflict: [409, 'Somebody changed this at the same moment. Try again.'],
  not_connected: [409, 'This connection was not set up. Connect again.'],
  too_many_connections: [429, 'This room is open in too many of your tabs. Close one and try again.'],
  too_large: [413, 'This is too large.'],
  unknown_type: [400, 'There is no such event type.'],
  chat_disabled: [403, 'Chat is switched off in this room.'],
  muted: [403, 'You were muted for a while.'],
  too_fast: [429, 'You are sending messages too fast. Wait a moment.'],
  service_banned: [403, 'You are banned from this service. If that is a mistake, write to those who run it.'],
  registration_closed: [403, 'No accounts can be opened at the moment. Try again later.'],
  guests_closed: [403, 'Nobody is let in without an account at the moment. Sign in, or try again later.'],
  link_ended: [403, 'This link does not hold any more. Ask for a new one.'],
  not_admin: [403, 'Only administrators may do this.'],
  sign_in_again: [403, 'You signed in too long ago for this. Sign in again.'],
  person_not_found: [404, 'There is no such person, or not any more.'],
  network_unknown: [409, 'The network of this person is not known. Name an address instead.'],
  still_admin: [409, 'This person is an administrator. Take that back first.'],
  last_admin: [409, 'This is the last administrator. Make somebody else one first.'],
  fault: [500, 'Something went wrong'],
} as const satisfies Record<RefusalCode, readonly [status: number, sentence: string]>

/**
 * What a refusal may carry beside its code. `retryAfter`: whole seconds, present where waiting helps. `limit`: which
 * limit of the room it was, where it is not the person's own.
 */
export type RefusalDetails = { message?: string; retryAfter?: number; limit?: ChatLimit }

/**
 * An expected "no". Thrown by decisions, mapped once at the edge of a function.
 * @example throw new Refusal('too_fast', { retryAfter: 1 })
 */
export class Refusal<C extends RefusalCode = RefusalCode> extends Error {
  readonly code: C
  readonly status: number
  readonly retryAfter: number | undefined
  readonly limit: ChatLimit | undefined

  constructor(code: C, details: RefusalDetails = {}) {
    super(details.message ?? refusals[code][1])
    this.name = 'Refusal'
    this.code = code
    this.status = refusals[code][0]
    this.retryAfter = details.retryAfter
    this.limit = details.limit
  }
}

/** Whether a socket may be answered with this error. */
export const isSocketRefusal = (error: unknown): error is Refusal<SocketRefusalCode> =>
  error instanceof Refusal && socketRefusalCodes.some((code) => code === error.code)
