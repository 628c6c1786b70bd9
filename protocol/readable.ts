// What a line of text must not hold that other people read. No schemas here: pages read this as well.

// Marks that reverse or isolate the text after them, so that one name can dress up as another.
const BIDIRECTIONAL_OVERRIDE = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu
// Control characters, line and paragraph separators, lone surrogates, private use.
const NOT_TEXT = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Co}]/gu
// Drawn as nothing. Joiners and variation selectors are kept: Persian and emoji need them.
const INVISIBLE = /(?!\u200c|\u200d|\ufe0e|\ufe0f)[\p{Default_Ignorable_Code_Point}\u2800]/gu
// These are drawn as nothing by themselves, and belong to what stands before them: the letters in the flag of Wales,
// and the selectors of Mongolian letters. No lookbehind: browsers before 2023 do not read it.
const WHOLE =
  /\u{1f3f4}[\u{e0030}-\u{e0039}\u{e0061}-\u{e007a}]{3,6}\u{e007f}|\p{Script=Mongolian}[\u180b-\u180f]{1,2}/gu
const WHOLE_OR_INVISIBLE = new RegExp(`(${WHOLE.source})|${INVISIBLE.source}`, 'gu')
// What chat programs put about a name that is copied out of them, and blanks.
const AT_ENDS = '[\\s\\u061c\\u200b\\u200e\\u200f\\u202a-\\u202e\\u2060\\u2066-\\u2069\\ufeff]+'
const ENDS = new RegExp(`^${AT_ENDS}|${AT_ENDS}$`, 'gu')
// No script stacks as many marks on one letter. Format characters between them do not begin a new one.
const STACKED = /(?:\p{M}\p{Cf}*){11}/u
// Blanks, and all that is drawn as nothing.
const DRAWN = /[^\s\p{Default_Ignorable_Code_Point}\u2800]/u

/** Each rule with the sentence for whoever breaks it, in the order in which they are told. */
const rules = [
  [NOT_TEXT, 'must not hold control characters'],
  [BIDIRECTIONAL_OVERRIDE, 'must not hold characters that change the direction of text'],
  [INVISIBLE, 'must not hold invisible characters'],
] as const

/** What is wrong with a line of text, or undefined where nobody can be misled by it. */
export const unreadable = (text: string): string | undefined => {
  const rest = text.replace(WHOLE, ' ')
  return rules.find(([characters]) => rest.search(characters) !== -1)?.[1]
}

/** Whether so many marks stand on one letter that they are drawn over the lines above. */
export const stacksMarks = (text: string): boolean => STACKED.test(text)

/** Whether there is anything to see in a text. */
export const isDrawn = (text: string): boolean => DRAWN.test(text)

/** The text without blanks and marks of direction at its ends. */
export const withoutEnds = (text: string): string => text.replace(ENDS, '')

/** The text without what is drawn as nothing. Joiners, variation selectors, and parts of what is drawn stay. */
export const withoutInvisible = (text: string): string =>
  text.replace(BIDIRECTIONAL_OVERRIDE, '').replace(WHOLE_OR_INVISIBLE, '$1')

/** The text as it may be shown: a control character becomes a space, what cannot be seen goes, blanks are collapsed. */
export const madeReadable = (text: string): string =>
  withoutInvisible(text.replace(NOT_TEXT, ' ')).replace(/\s+/gu, ' ').trim()
