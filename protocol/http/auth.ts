import * as z from 'zod'
import { Id } from '../ids.ts'
import { AccountPassword, DisplayName, Email } from '../text.ts'
import { SignedIn, User } from '../user.ts'
import { nothing } from './fields.ts'
import { route } from './route.ts'

const success = z.object({ success: z.literal(true) })

/** Accounts and tokens. */
export const authRoutes = {
  'auth/register': route('auth/register', {
    summary: "Open an account. With a guest's token the guest becomes the account and keeps everything.",
    auth: 'optional',
    request: z.object({ email: Email, password: AccountPassword, display_name: DisplayName }),
    answer: SignedIn,
    status: 201,
    refusals: ['email_taken', 'already_registered', 'registration_closed', 'service_banned'],
  }),
  'auth/login': route('auth/login', {
    summary: 'Sign in with e-mail and password.',
    auth: 'none',
    request: z.object({ email: z.string(), password: z.string() }),
    answer: SignedIn,
    refusals: ['invalid_credentials', 'service_banned'],
  }),
  'auth/guest': route('auth/guest', {
    summary: 'Come in with a name and nothing else.',
    auth: 'none',
    request: z.object({ display_name: DisplayName }),
    answer: SignedIn,
    refusals: ['guests_closed', 'service_banned'],
  }),
  'auth/logout': route('auth/logout', {
    summary: 'Refuse this token from now on; sockets opened with it close at their next PING.',
    auth: 'required',
    request: nothing,
    answer: success,
    refusals: [],
  }),
  'auth/refresh': route('auth/refresh', {
    summary: 'A new token for the same person, with a new id and expiry.',
    auth: 'required',
    request: nothing,
    answer: z.object({ access_token: z.string() }),
    refusals: ['service_banned'],
  }),
  'auth/password': route('auth/password', {
    summary: 'Change the password; every other token of the account is refused.',
    auth: 'required',
    request: z.object({ current: z.string(), new: AccountPassword }),
    answer: success,
    refusals: ['invalid_credentials'],
  }),
  'auth/reset': route('auth/reset', {
    summary: 'Set a new password with a link from an administrator, once. Every token of the account is refused then.',
    auth: 'none',
    request: z.object({ user_id: Id, secret: z.string().min(1).max(64), new: AccountPassword }),
    answer: success,
    refusals: ['link_ended'],
  }),
  'auth/name': route('auth/name', {
    summary: "Change one's name, here and in every room. The answer's token says the new one.",
    auth: 'required',
    request: z.object({ display_name: DisplayName }),
    answer: SignedIn,
    refusals: ['too_fast', 'conflict'],
  }),
  'auth/delete': route('auth/delete', {
    summary: 'Delete the account, the rooms it hosts, and its name everywhere else.',
    auth: 'required',
    request: nothing,
    answer: success,
    refusals: ['host_must_stay', 'conflict', 'last_admin'],
  }),
  'auth/me': route('auth/me', {
    summary: 'Who this token speaks for.',
    auth: 'required',
    request: nothing,
    answer: User,
    refusals: [],
  }),
} as const
