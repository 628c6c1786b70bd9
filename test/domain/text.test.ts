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
  ])('may be %s', (_, text) => {
    expect(MessageText.parse(`  ${text} \n`)).toBe(text)
  })

  it.each([
    ['empty', ''],
    ['spaces', ' \n \u00a0'],
    ['501 letters', 'x'.repeat(501)],
    ['501 emoji', '😀'.repeat(501)],
    ['with a tab', 'a\tb'],
    ['with a carriage return', 'a\r\nb'],
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
  ])('a password of %s', (_, password, good) => {
    expect(accepts(AccountPassword, password)).toBe(good)
  })
})

// The time of normalising grows with the square of a run of marks that stand in the wrong order.
const MARKS = '\u0316\u0301'.repeat(16_000)
/** Far above what any field needs, far below the 200 ms that the folding of 64 KB takes. */
const AT_MOST_MILLISECONDS = 25

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
    expect(fastest(() => expect(accepts(schema, text)).toBe(false))).toBeLessThan(AT_MOST_MILLISECONDS)
  })

  it('is told by the rule of the length alone', () => {
    const { error } = routes['auth/guest'].request.safeParse({ display_name: MARKS })
    expect(error?.issues.map(({ message }) => message)).toEqual(['must have at most 40 characters'])
  })
})
