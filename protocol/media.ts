import * as z from 'zod'
import { MAX_MEDIA_URL_CHARACTERS, MAX_TIME_SECONDS } from './limits.ts'
import { isThisMachine } from './local-hosts.ts'
import { MediaTitle } from './text.ts'

/** Durations are kept to the millisecond. */
const SHORTEST_SECONDS = 0.001
/** The last instant that a Date can hold, in epoch milliseconds. */
const LATEST_INSTANT = 8.64e15
// URL forgives spaces, tabs, backslashes and missing slashes; what is sent on to every player must be plain.
const PLAIN_ADDRESS = /^https?:\/\/[^\s\\]+$/i

const isPlayableAddress = (address: string): boolean => {
  if (!PLAIN_ADDRESS.test(address) || !address.isWellFormed() || !URL.canParse(address)) return false
  const url = new URL(address)
  if (url.username !== '' || url.password !== '') return false
  return url.protocol === 'https:' || (url.protocol === 'http:' && isThisMachine(url))
}

const MediaUrl = z
  .string()
  .max(MAX_MEDIA_URL_CHARACTERS, `must have at most ${MAX_MEDIA_URL_CHARACTERS} characters`)
  .refine(isPlayableAddress, 'must be an https address without a user name or password')

const MediaDuration = z
  .number()
  .min(SHORTEST_SECONDS, `must be at least ${SHORTEST_SECONDS}`)
  .max(MAX_TIME_SECONDS, `must be at most ${MAX_TIME_SECONDS} seconds`)
  .overwrite((seconds) => Math.round(seconds * 1000) / 1000)

/** The programme time of a live stream at which the room's positions count 0: epoch milliseconds. */
const LiveOrigin = z
  .number()
  .int()
  .min(0, 'must not be negative')
  .max(LATEST_INSTANT, 'must be an instant in epoch milliseconds')

/** What a room watches. What `describe` says stands in docs/frames.md. */
export const Media = z.object({
  url: MediaUrl.describe('https (http on localhost only), without a user name or password'),
  title: MediaTitle.nullable().default(null).describe('null where it has none'),
  duration: MediaDuration.nullable().default(null).describe('seconds; null where it is not known or never ends'),
  live_origin: LiveOrigin.optional().describe(
    'of a live stream that its host has played: its programme time at position 0, epoch milliseconds',
  ),
})
export type Media = z.infer<typeof Media>

/** What a host's player found out about the video of this address, for a room that does not know it yet. */
export const LearnedMedia = z.object({
  url: z.string().max(MAX_MEDIA_URL_CHARACTERS, `must have at most ${MAX_MEDIA_URL_CHARACTERS} characters`),
  duration: MediaDuration.optional(),
  live_origin: LiveOrigin.optional(),
})
export type LearnedMedia = z.infer<typeof LearnedMedia>
