import * as z from 'zod'
import { MAX_MEDIA_URL_CHARACTERS, MAX_TIME_SECONDS } from './limits.ts'
import { MediaTitle } from './text.ts'

/** Durations are kept to the millisecond. */
const SHORTEST_SECONDS = 0.001
// URL forgives spaces, tabs, backslashes and missing slashes; what is sent on to every player must be plain.
const PLAIN_ADDRESS = /^https?:\/\/[^\s\\]+$/i
const LOCAL_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]'])

const isPlayableAddress = (address: string): boolean => {
  if (!PLAIN_ADDRESS.test(address) || !address.isWellFormed() || !URL.canParse(address)) return false
  const url = new URL(address)
  if (url.username !== '' || url.password !== '') return false
  return url.protocol === 'https:' || (url.protocol === 'http:' && LOCAL_HOSTS.has(url.hostname))
}

/** What a room watches. `duration` is in seconds, null where it is not known (or never ends). */
export const Media = z.object({
  url: z
    .string()
    .max(MAX_MEDIA_URL_CHARACTERS, `must have at most ${MAX_MEDIA_URL_CHARACTERS} characters`)
    .refine(isPlayableAddress, 'must be an https address without a user name or password'),
  title: MediaTitle.nullable().default(null),
  duration: z
    .number()
    .min(SHORTEST_SECONDS, `must be at least ${SHORTEST_SECONDS}`)
    .max(MAX_TIME_SECONDS, `must be at most ${MAX_TIME_SECONDS} seconds`)
    .transform((seconds) => Math.round(seconds * 1000) / 1000)
    .nullable()
    .default(null),
})
export type Media = z.infer<typeof Media>
