import * as z from 'zod'
import { MAX_TIME_SECONDS } from './limits.ts'

/** A position in the video: 0 to 604,800 seconds, kept to the millisecond. */
export const PlaybackTime = z
  .number()
  .min(0, 'must not be negative')
  .max(MAX_TIME_SECONDS, `must be at most ${MAX_TIME_SECONDS} seconds`)
  .overwrite((seconds) => Math.round(seconds * 1000) / 1000)
  .describe('seconds, kept to the millisecond')
