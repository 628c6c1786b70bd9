// What a line of text must not hold that other people read. No schemas here: pages read this as well.

// Marks that reverse or isolate the text after them, so that one name can dress up as another.
const BIDIRECTIONAL_OVERRIDE = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu
// Control characters, line and paragraph separators, lone surrogates, private use.
const NOT_TEXT = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Co}]/gu
// Drawn as nothing. Joiners and variation selectors are kept: Persian and emoji need them.
const INVISIBLE = /(?!\u200c|\u200d|\ufe0e|\ufe0f)[\p{Default_Ignorable_Code_Point}\u2800]/gu

/** Each rule with the sentence for whoever breaks it, in the order in which they are told. */
const rules = [
  [NOT_TEXT, 'must not hold control characters'],
  [BIDIRECTIONAL_OVERRIDE, 'must not hold characters that change the direction of text'],
  [INVISIBLE, 'must not hold invisible characters'],
] as const

/** What is wrong with a line of text, or undefined where nobody can be misled by it. */
export const unreadable = (text: string): string | undefined =>
  rules.find(([characters]) => text.search(characters) !== -1)?.[1]

/** The text without what is drawn as nothing. Joiners and variation selectors stay. */
export const withoutInvisible = (text: string): string =>
  text.replace(BIDIRECTIONAL_OVERRIDE, '').replace(INVISIBLE, '')

/** The text as it may be shown: a control character becomes a space, what cannot be seen goes, blanks are collapsed. */
export const madeReadable = (text: string): string =>
  withoutInvisible(text.replace(NOT_TEXT, ' ')).replace(/\s+/gu, ' ').trim()
