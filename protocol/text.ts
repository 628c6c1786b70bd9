import * as z from 'zod'
import {
  MAX_EMAIL_CHARACTERS,
  MAX_FOLDED_NAME_BYTES,
  MAX_MEDIA_TITLE_CHARACTERS,
  MAX_MESSAGE_BYTES,
  MAX_MESSAGE_CODE_POINTS,
  MAX_NAME_CHARACTERS,
  MAX_NAME_CODE_POINTS,
  MAX_PASSWORD_BYTES,
  MIN_PASSWORD_CHARACTERS,
} from './limits.ts'
import { isDrawn, stacksMarks, unreadable, withoutEnds } from './readable.ts'

/** More than any name of {@link MAX_NAME_CODE_POINTS} has, so that a name that stacks marks is still told so. */
const MAX_NAME_UNITS = 8 * MAX_NAME_CODE_POINTS
const TOO_LONG_A_NAME = `must have at most ${MAX_NAME_CHARACTERS} characters`
const TOO_LONG_A_PASSWORD = `must have at most ${MAX_PASSWORD_BYTES} bytes`
const TOO_LONG_A_MESSAGE = `must have at most ${MAX_MESSAGE_CODE_POINTS} characters`
const TOO_LONG_A_TITLE = `must have at most ${MAX_MEDIA_TITLE_CHARACTERS} characters`
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u
const IGNORED_WHEN_COMPARING = /\p{Default_Ignorable_Code_Point}/gu
const CONTROL_BUT_TAB_AND_LINE_FEED = /[^\P{Cc}\n\t]/u
const TOO_MANY_MARKS = 'must not stack that many marks'

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })
const utf8 = new TextEncoder()

/** Length of `text` in UTF-8 bytes. */
export const byteLength = (text: string): number => utf8.encode(text).length

/**
 * A text no longer than `units` UTF-16 units. Nothing else is looked at where it is longer: normalising takes time that
 * grows with the square of the length.
 */
const atMost = (units: number, error: string) => z.string().trim().max(units, { error, abort: true })

const visibleCharacters = (text: string): number => [...graphemes.segment(text)].length

const mustBeReadable = (text: string, context: z.RefinementCtx): void => {
  const message = unreadable(text)
  if (message !== undefined) context.addIssue({ code: 'custom', message })
}

/** A name that people read: 1 to 40 visible characters without the marks at its ends, nothing in it that hides or reorders. */
export const DisplayName = atMost(MAX_NAME_UNITS, TOO_LONG_A_NAME)
  .overwrite(withoutEnds)
  .refine((name) => VISIBLE.test(name), 'needs at least one visible character')
  .superRefine(mustBeReadable)
  .refine((name) => visibleCharacters(name) <= MAX_NAME_CHARACTERS, TOO_LONG_A_NAME)
  .refine((name) => [...name].length <= MAX_NAME_CODE_POINTS && !stacksMarks(name), TOO_MANY_MARKS)
  .refine((name) => byteLength(foldName(name)) <= MAX_FOLDED_NAME_BYTES, 'must not stand for that much text')
  .describe(`1 to ${MAX_NAME_CHARACTERS} visible characters`)

/** What a video is called: at most 200 characters without the marks at its ends, by the rules of names. It may be empty. */
export const MediaTitle = atMost(2 * MAX_MEDIA_TITLE_CHARACTERS, TOO_LONG_A_TITLE)
  .overwrite(withoutEnds)
  .max(MAX_MEDIA_TITLE_CHARACTERS, TOO_LONG_A_TITLE)
  .superRefine(mustBeReadable)
  .refine((title) => !stacksMarks(title), TOO_MANY_MARKS)

/**
 * A chat message. It is trimmed, and every kind of line end is a line feed. It has something to see, at most 500 code
 * points and 2,000 UTF-8 bytes, and no control characters but line feed and tab.
 */
export const MessageText = atMost(4 * MAX_MESSAGE_CODE_POINTS, TOO_LONG_A_MESSAGE)
  .overwrite((text) => text.replace(/\r\n?/g, '\n'))
  .refine(isDrawn, 'must not be empty')
  .refine((text) => [...text].length <= MAX_MESSAGE_CODE_POINTS, TOO_LONG_A_MESSAGE)
  .refine((text) => byteLength(text) <= MAX_MESSAGE_BYTES, `must have at most ${MAX_MESSAGE_BYTES} bytes`)
  .refine((text) => !CONTROL_BUT_TAB_AND_LINE_FEED.test(text), 'must not hold control characters')
  .refine((text) => !stacksMarks(text), TOO_MANY_MARKS)
  .refine((text) => text.isWellFormed(), 'must be well-formed Unicode')
  .meta({
    description: 'something to see, at most 2,000 bytes; trimmed, with LF for every kind of line end',
    // JSON Schema counts code points.
    maxLength: MAX_MESSAGE_CODE_POINTS,
  })

/** UTF-16 units of a text that may be a form of a password: a letter of one byte may stand for two units. */
const MAX_TYPED_PASSWORD_UNITS = 2 * MAX_PASSWORD_BYTES

/**
 * The form in which a password counts: the same letters come composed from one keyboard, and decomposed from another.
 * A text that is too long to be a password comes back as it is.
 * @example foldPassword('cafe\u0301') === foldPassword('caf\u00e9')
 */
export const foldPassword = (password: string): string =>
  password.length > MAX_TYPED_PASSWORD_UNITS ? password : password.normalize('NFKC')

/** An account password: at least 8 characters, at most 72 UTF-8 bytes in the form in which it counts. */
export const AccountPassword = z
  .string()
  .max(MAX_TYPED_PASSWORD_UNITS, { error: TOO_LONG_A_PASSWORD, abort: true })
  .refine(
    (text) => [...foldPassword(text)].length >= MIN_PASSWORD_CHARACTERS,
    `must have at least ${MIN_PASSWORD_CHARACTERS} characters`,
  )
  .refine((text) => byteLength(foldPassword(text)) <= MAX_PASSWORD_BYTES, TOO_LONG_A_PASSWORD)
  .describe(`${MIN_PASSWORD_CHARACTERS} characters to ${MAX_PASSWORD_BYTES} bytes`)

/** An e-mail address, as typed; compared by {@link foldEmail}. */
export const Email = atMost(MAX_EMAIL_CHARACTERS, `must have at most ${MAX_EMAIL_CHARACTERS} characters`).pipe(
  z.email('must be an e-mail address'),
)

/**
 * UTF-16 units of a text that may be a form of an address or a name. Folding makes some texts shorter, but none by that
 * much. Folding a longer text could take seconds, because NFKC sorts marks.
 */
const MAX_UNFOLDED_UNITS = 4 * MAX_EMAIL_CHARACTERS

/** The form in which two e-mail addresses are compared. Empty for a text that is too long to be one. */
export const foldEmail = (email: string): string =>
  email.length > MAX_UNFOLDED_UNITS ? '' : email.trim().normalize('NFKC').toLowerCase()

/**
 * The form in which two names are compared: compatibility forms unified, case folded, joiners dropped, spaces collapsed.
 * A text that is too long to be a name comes back as it is.
 * @example foldName('ＡＮＡ') === foldName('ana')
 */
export const foldName = (name: string): string =>
  name.length > MAX_UNFOLDED_UNITS
    ? name
    : name
        .normalize('NFKC')
        .toUpperCase()
        .toLowerCase()
        .normalize('NFKC')
        .replace(IGNORED_WHEN_COMPARING, '')
        .replace(/\s+/gu, ' ')
        .trim()
