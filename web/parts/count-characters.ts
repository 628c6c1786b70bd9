const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** Characters as people count them, and as the server does: a flag is one. */
export const countCharacters = (text: string): number => [...graphemes.segment(text)].length
