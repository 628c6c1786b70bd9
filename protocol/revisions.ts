import * as z from 'zod'
import { Id } from './ids.ts'

/** How often each part of the room has changed. A client that holds less has missed something: it asks for the part. */
export const Revisions = z.object({
  facts: z.number().int().describe('of the facts: `revision` of ROOM_UPDATED and MEDIA_LEARNED'),
  people: z.number().int().describe('of the people: `revision` of USER_JOINED, USER_LEFT and ROOM_PARTICIPANTS'),
  joined: z
    .number()
    .int()
    .optional()
    .describe("the revision of the people with which this person's own coming was told to the others"),
  waiting: z
    .number()
    .int()
    .optional()
    .describe('of those who wait: `revision` of JOIN_REQUESTED and JOIN_RESOLVED; only for who may let them in'),
  chat: Id.nullable().describe(
    'the id of the newest message, or `revision` of a later MESSAGE_REMOVED; null where there is none',
  ),
})
export type Revisions = z.infer<typeof Revisions>
