import * as z from 'zod'
import { MAX_EMAIL_CHARACTERS } from '../../limits.ts'

/** What is looked for in a list; left out, or empty, all of it is shown. */
export const search = z
  .string()
  .max(MAX_EMAIL_CHARACTERS)
  .refine((text) => text.isWellFormed(), 'must be well-formed Unicode')
  .optional()
