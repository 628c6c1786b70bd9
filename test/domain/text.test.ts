import { describe, expect, it } from 'vitest'
import { Media } from '../../protocol/media.ts'
import { routes } from '../../protocol/routes.ts'
import {
  AccountPassword,
  byteLength,
  DisplayName,
  Email,
  foldEmail,
  foldName,
  foldPassword,
  MessageText,
} from '../../protocol/text.ts'

describe('[R6] foldName', () => {
  it.each([
    ['Ana', 'ana'],
    ['ANA', 'ana'],
    ['ＡＮＡ', 'ana'],
    ['  Ana   Lúa ', 'ana lúa'],
    ['e\u0301', 'é'],
    ['Straße', 'strasse'],
    ['STRASSE', 'strasse'],
    ['ﬁn', 'fin'],
    ['Ⅳ', 'iv'],
    ['A\u200dna', 'ana'],
    ['a\ufe0fna', 'ana'],
    ['Σας', 'σας'],
    ['a\u3000b', 'a b'],
    ['日本', '日本'],
  ])('%j is compared as %j', (name, folded) => {
    expect(foldName(name)).toBe(folded)
  })

  it.each(['Ana', 'ＡＮＡ', 'Straße', 'İstanbul', 'ǅ', 'ﬃ', 'ﷺ', 'ᾼ', '①', '½', 'K', 'Å', 'ſ', 'ΐ', 'Σίσυφος'])(
    'folding %s again changes nothing',
    (name) => {
      expect(foldName(foldName(name))).toBe(foldName(name))
    },
  )

  it('leaves alone what is too long to be a name', () => {
    expect(foldName('A'.repeat(10_000))).toBe('A'.repeat(10_000))
  })
})

describe('[A2] foldEmail', () => {
  it.each([
    [' Ana@Example.COM ', 'ana@example.com'],
    ['ａna@example.com', 'ana@example.com'],
    ['ana+films@example.com', 'ana+films@example.com'],
  ])('%j is compared as %j', (email, folded) => {
    expect(foldEmail(email)).toBe(folded)
  })
})

describe('byteLength', () => {
  it.each([
    ['', 0],
    ['a', 1],
    ['é', 2],
    ['€', 3],
    ['😀', 4],
    ['👨‍👩‍👧‍👦', 25],
  ])('%j has %i bytes', (text, bytes) => {
    expect(byteLength(text)).toBe(bytes)
  })
})

const accepts = (schema: { safeParse: (text: unknown) => { success: boolean } }, text: unknown) =>
  schema.safeParse(text).success

describe('[C1] a chat message', () => {
  it.each([
    ['one character', 'a'],
    ['500 letters', 'x'.repeat(500)],
    ['500 emoji, 2,000 bytes', '😀'.repeat(500)],
    ['lines', 'one\ntwo\n\nthree'],
    ['markup', '<script>alert(1)</script>'],
    ['a family', '👨‍👩‍👧‍👦'],
    ['right to left', 'שלום \u202bעולם\u202c'],
    ['cells of a table', 'one\ttwo'],
    ['an emoji alone', '❤️'],
    ['letters with the marks of their script', 'བསྒྲུབས་ ကြို့ क्ष्म्य שָׁ֝לוֹם ẫ'],
  ])('may be %s', (_, text) => {
    expect(MessageText.parse(`  ${text} \n`)).toBe(text)
  })

  it.each([
    ['of Windows', 'one\r\ntwo\r\n'],
    ['of old Macs', 'one\rtwo'],
  ])('has line feeds for the line ends %s', (_, text) => {
    expect(MessageText.parse(text)).toBe('one\ntwo')
  })

  it.each([
    ['empty', ''],
    ['spaces', ' \n \u00a0'],
    ['a space of no width', '\u200b'],
    ['joiners', '\u200d\u200c'],
    ['a blank of braille', '\u2800'],
    ['a filler', '\u3164'],
    ['an override of direction', '\u202e'],
    ['tags without their flag', '\u{e0067}\u{e007f}'],
    ['one letter with 400 accents', `a${'\u0301'.repeat(400)}`],
    ['one letter with 11 accents', `a${'\u0301'.repeat(11)}`],
    ['accents with joiners between them', `a${'\u0301\u200d'.repeat(11)}`],
    ['501 letters', 'x'.repeat(501)],
    ['501 emoji', '😀'.repeat(501)],
    ['with a null', 'a\u0000b'],
    ['with an escape', 'a\u001b[31mb'],
    ['with a C1 control', 'a\u0085b'],
    ['half a character', 'a\ud83d'],
    ['a number', 7],
    ['nothing', undefined],
  ])('may not be %s', (_, text) => {
    expect(accepts(MessageText, text)).toBe(false)
  })
})

describe('[A10] [A11] names, addresses and passwords', () => {
  it('a name is trimmed and otherwise kept as it was typed', () => {
    expect(DisplayName.parse('  Ana\u0301 <b> ')).toBe('Ana\u0301 <b>')
  })

  it.each([
    ['the flags of England, Scotland and Wales', '🏴󠁧󠁢󠁥󠁮󠁧󠁿🏴󠁧󠁢󠁳󠁣󠁴󠁿🏴󠁧󠁢󠁷󠁬󠁳󠁿'],
    ['Mongolian with its selectors', 'ᠮᠤᠩᠭ᠋ᠣᠯ ᠬᠠᠨ\u180eᠠ'],
    ['ten accents on a letter', `a${'\u0301'.repeat(10)}`],
  ])('a name may hold %s', (_, name) => {
    expect(DisplayName.parse(name)).toBe(name)
  })

  it.each(['\u200fAna', '\u2068Ana\u2069', '\u200e Ana \u200e', '\ufeffAna', 'Ana\u200b'])(
    'a name pasted as %j is Ana',
    (pasted) => {
      expect(DisplayName.parse(pasted)).toBe('Ana')
    },
  )

  it.each([
    ['a flag without its end', '\u{1f3f4}\u{e0067}\u{e0062}'],
    ['tags after a letter', 'A\u{e0067}\u{e0062}\u{e0065}\u{e007f}'],
    ['a Mongolian selector after another letter', 'A\u180b'],
    ['a mark of direction within', 'A\u200fna'],
    ['an isolate that ends within', '\u2068Ana\u2069 B'],
    ['eleven accents on a letter', `a${'\u0301'.repeat(11)}`],
    ['nothing but marks of direction', '\u2068\u2069'],
  ])('a name may not hold %s', (_, name) => {
    expect(accepts(DisplayName, name)).toBe(false)
  })

  it.each([' Ana@Example.com ', 'a@b.co', 'ana.lua+films@sub.example.org'])('%j is an address', (email) => {
    expect(Email.parse(email)).toBe(email.trim())
  })

  it.each(['ana', 'ana@', '@b.co', 'a@b', 'a b@c.de', 'a@b..co', `${'a'.repeat(249)}@b.com`, 'ａna@example.com', 7])(
    '%j is none',
    (email) => {
      expect(accepts(Email, email)).toBe(false)
    },
  )

  it.each([
    ['seven letters', '1234567', false],
    ['eight letters', '12345678', true],
    ['seven emoji', '😀'.repeat(7), false],
    ['eight emoji', '😀'.repeat(8), true],
    ['72 bytes', 'x'.repeat(72), true],
    ['73 bytes', 'x'.repeat(73), false],
    ['19 emoji, 76 bytes', '😀'.repeat(19), false],
    ['seven letters with their accents beside them', 'e\u0301'.repeat(7), false],
    ['36 such letters, 72 bytes when composed', 'e\u0301'.repeat(36), true],
    ['37 such letters', 'e\u0301'.repeat(37), false],
    ['72 letters of full width', 'ａ'.repeat(72), true],
  ])('a password of %s', (_, password, good) => {
    expect(accepts(AccountPassword, password)).toBe(good)
  })
})

describe('[A4] foldPassword', () => {
  it('is the same for every form in which a keyboard may give it', () => {
    expect(foldPassword('cafe\u0301-ａbc')).toBe(foldPassword('caf\u00e9-abc'))
  })

  it('leaves alone what is too long to be a password, and what differs in more than its form', () => {
    const long = 'e\u0301'.repeat(1_000)
    expect(foldPassword(long)).toBe(long)
    expect(foldPassword('Café')).not.toBe(foldPassword('café'))
  })
})

// The time of normalising grows with the square of a run of marks that stand in the wrong order.
const MARKS = '\u0316\u0301'.repeat(16_000)
/** Far above what any field needs, far below the 200 ms that the folding of 64 KB takes. */
const AT_MOST_MS = 25

const fastest = (check: () => void): number =>
  Math.min(
    ...Array.from({ length: 3 }, () => {
      const began = performance.now()
      check()
      return performance.now() - began
    }),
  )

describe('[H4] 64 KB of one text are refused before anything is done that grows faster than they do', () => {
  const fields = { DisplayName, MessageText, AccountPassword, Email, url: Media.shape.url, title: Media.shape.title }

  it.each(
    Object.entries(fields).flatMap(([name, schema]) =>
      ['a', ' x', 'e\u0301', MARKS, '\ufdfa', '👩\u200d', '\u1100\u1161\u11a8', '\ud800'].map(
        (text) =>
          [name, JSON.stringify(text.slice(0, 4)), schema, text.repeat(Math.ceil(32_000 / text.length))] as const,
      ),
    ),
  )('%s of %s', (_name, _text, schema, text) => {
    expect(fastest(() => expect(accepts(schema, text)).toBe(false))).toBeLessThan(AT_MOST_MS)
  })

  it('is told by the rule of the length alone', () => {
    const { error } = routes['auth/guest'].request.safeParse({ display_name: MARKS })
    expect(error?.issues.map(({ message }) => message)).toEqual(['must have at most 40 characters'])
  })
})
