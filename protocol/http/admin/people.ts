import * as z from 'zod'
import { Id } from '../../ids.ts'
import { MAX_BAN_DAYS } from '../../limits.ts'
import { MembershipStatus } from '../../member.ts'
import { cursor, done, next } from '../fields.ts'
import { route } from '../route.ts'
import { search } from './fields.ts'

/** A person as the lists of the administration show them. Times in epoch milliseconds. */
export const AdminPerson = z.object({
  id: Id,
  display_name: z.string(),
  is_guest: z.boolean(),
  is_admin: z.boolean(),
  email: z.string().nullable(),
  created_at: z.number(),
  banned_at: z.number().nullable().describe('since when the service refuses them'),
})
export type AdminPerson = z.infer<typeof AdminPerson>

/** A network that the service refuses. Its address is not kept, only a salted hash. */
export const BannedNetwork = z.object({
  id: z.string(),
  note: z.string().describe('what whoever banned it wrote, or whose network it is'),
  by: z.string().describe('the name of who banned it'),
  by_id: Id,
  at: z.number(),
  until: z.number().describe('when it ends by itself'),
})
export type BannedNetwork = z.infer<typeof BannedNetwork>

const person = z.object({ user_id: Id })
const admins = ['not_admin', 'sign_in_again'] as const

/** What the administration reads of people, and decides about them. */
export const adminPeopleRoutes = {
  'admin/people': route('admin/people', {
    summary: 'People by their names: a whole id or e-mail address, or the beginning of a name.',
    auth: 'required',
    request: z.object({ search, cursor }),
    answer: z.object({ people: z.array(AdminPerson), next }),
    refusals: admins,
  }),
  'admin/person': route('admin/person', {
    summary: 'One person in full: rooms, when they were last there, bans.',
    auth: 'required',
    request: person.extend({ cursor: cursor.describe('`rooms_next` of the page of rooms before') }),
    answer: z.object({
      person: AdminPerson.extend({
        last_seen_at: z
          .number()
          .nullable()
          .describe('the last that is known of them in a room, or of their signing in'),
        is_network_known: z.boolean().describe('whether the network of their last sign-in can be banned'),
        network_ban: BannedNetwork.nullable()
          .optional()
          .describe('of the network of their last sign-in; null where it is not banned, or not known'),
      }),
      rooms: z
        .array(
          z.object({
            code: z.string(),
            name: z.string().nullable(),
            is_host: z.boolean(),
            status: MembershipStatus,
            is_present: z.boolean(),
            joined_at: z.number().describe('since when the status is what it is'),
          }),
        )
        .describe('living rooms in which they are, wait or ever were, the latest change first, 25 at most'),
      rooms_next: next.optional().describe('the `cursor` for the rooms that follow, null at the end'),
    }),
    refusals: [...admins, 'person_not_found'],
  }),
  'admin/ban-person': route('admin/ban-person', {
    summary: 'Refuse a person everywhere: their tokens end, their sockets close, and they cannot sign in.',
    auth: 'required',
    request: person,
    answer: done,
    refusals: [...admins, 'person_not_found', 'still_admin'],
  }),
  'admin/unban-person': route('admin/unban-person', {
    summary: 'Let a person whom the service refuses sign in again.',
    auth: 'required',
    request: person,
    answer: done,
    refusals: [...admins, 'person_not_found'],
  }),
  'admin/networks': route('admin/networks', {
    summary: 'The networks that the service refuses.',
    auth: 'required',
    request: z.object({ cursor }),
    answer: z.object({ networks: z.array(BannedNetwork), next }),
    refusals: admins,
  }),
  'admin/ban-network': route('admin/ban-network', {
    summary: 'Refuse a network everywhere: that of an address, or of the last sign-in of a person.',
    auth: 'required',
    request: z
      .object({
        address: z
          .union([z.ipv4(), z.ipv6()], 'must be an IPv4 or IPv6 address')
          .optional()
          .describe('IPv4 or IPv6; an IPv6 address stands for its /64'),
        user_id: Id.optional(),
        note: z.string().trim().max(200).optional(),
        days: z
          .number()
          .int()
          .min(1, 'must be at least 1')
          .max(MAX_BAN_DAYS, `must be at most ${MAX_BAN_DAYS}`)
          .describe('after which it ends by itself'),
      })
      .refine(({ address, user_id }) => (address === undefined) !== (user_id === undefined), {
        path: ['address'],
        message: 'goes without user_id: send one of them',
      }),
    answer: BannedNetwork,
    refusals: [...admins, 'person_not_found', 'network_unknown'],
  }),
  'admin/unban-network': route('admin/unban-network', {
    summary: 'Let a network come again.',
    auth: 'required',
    request: z.object({ network_id: Id }),
    answer: done,
    refusals: admins,
  }),
  'admin/flag': route('admin/flag', {
    summary: 'Make an account an administrator, or take that back; never from the last one.',
    auth: 'required',
    request: person.extend({ is_admin: z.boolean() }),
    answer: done,
    refusals: [...admins, 'person_not_found', 'last_admin'],
  }),
  'admin/reset-link': route('admin/reset-link', {
    summary: 'A link with which an account sets a new password. It is shown this once, and holds for 24 hours.',
    auth: 'required',
    request: person,
    answer: z.object({
      path: z.string().describe('below the origin of the pages'),
      until: z.number(),
    }),
    refusals: [...admins, 'person_not_found'],
  }),
} as const
