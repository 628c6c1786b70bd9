import * as z from 'zod'
import { MAX_MEDIA_TITLE_CHARACTERS, MAX_MEDIA_URL_CHARACTERS, MAX_TIME_SECONDS } from './limits.ts'

const LOCAL_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]'])

const isPlayableAddress = (address: string): boolean => {
  if (!address.isWellFormed() || !URL.canParse(address)) return false
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
  title: z
    .string()
    .trim()
    .max(MAX_MEDIA_TITLE_CHARACTERS, `must have at most ${MAX_MEDIA_TITLE_CHARACTERS} characters`)
    .refine((title) => title.isWellFormed(), 'must be well-formed Unicode')
    .nullable()
    .default(null),
  duration: z.number().positive().max(MAX_TIME_SECONDS).nullable().default(null),
})
export type Media = z.infer<typeof Media>
