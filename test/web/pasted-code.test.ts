import { describe, expect, it } from 'vitest'
import { codeIn } from '../../web/home/code-in.ts'
import { passwordsIn, pastedCode } from '../../web/parts/pasted-code.ts'

describe('[R2] a room code as people type and paste it', () => {
  it.each([
    '66XD4P',
    ' 66xd4p ',
    '66X D4P',
    '66X-D4P',
    '66X–D4P',
    '66X\u2011D4P',
    '66XD4P.',
    '"66XD4P"',
    '“66XD4P”,',
    '#66XD4P',
    '(66XD4P)',
    '*66XD4P*',
    '66XD4P\u200b',
    '66\u00adX\u2060D4P',
    '\ufeff66XD4P',
    '66XD4P\u00a0',
    '６６ＸＤ４Ｐ',
    '６６Ｘ－Ｄ４Ｐ',
    '66XD4P 🎬',
    'Code: 66XD4P',
    'Code：６６ＸＤ４Ｐ。',
    'the code is 66xd4p, see you',
    'The code is 66X-D4P!',
    'Code 66X D4P',
    'Please change to 66xd4p',
    'код: 66XD4P',
    '部屋コード「66XD4P」',
    'https://streamit.example/r/66xd4p',
    'https://streamit.example/r/66xd4p/?utm=1',
    'streamit.example/r/66XD4P.',
    'Join me: https://streamit.example/r/66xd4p !',
    '[Film](https://streamit.example/r/66xd4p)',
    '<https://streamit.example/r/66X-D4P>',
    'https://streamit.example/r/66XD4P%E2%80%8B',
    'https%3A%2F%2Fstreamit.example%2Fr%2F66xd4p',
    'https://away.example/l?u=https%3A%2F%2Fstreamit.example%2Fr%2F66XD4P&h=AT0abc',
    'https://away.example/l?u=https%253A%252F%252Fstreamit.example%252Fr%252F66XD4P%2526x',
    'https://streamit.example/r/%366XD4P',
    'https://reddit.example/r/movies says https://streamit.example/r/66XD4P',
  ])('%j', (typed) => {
    expect(codeIn(typed)).toBe('66XD4P')
  })

  it.each([
    ['Change to HJKMNP', 'HJKMNP'],
    ['change to 4HJKMN', '4HJKMN'],
    ['hjkmnp', 'HJKMNP'],
    // No room can have these. The page that says so is a better answer than none.
    ['66XD0P', '66XD0P'],
    ['https://streamit.example/r/66XD0P', '66XD0P'],
  ])('%j is read as %j', (typed, code) => {
    expect(codeIn(typed)).toBe(code)
  })

  it.each(['', '66XD4', '66XD4PX', 'hello there', '66XD4P or 4HJKMN', 'https://streamit.example/', '🙂'])(
    '%j is none',
    (typed) => {
      expect(codeIn(typed)).toBeUndefined()
    },
  )
})

describe('[R5] a room password in a longer text', () => {
  it.each([
    'A439PW4T6J',
    'a439p w4t6j',
    'Password: A439PW4T6J',
    '"A439P-W4T6J".',
    'Code 66XD4P, password A439PW4T6J',
    'Ａ４３９ＰＷ４Ｔ６Ｊ',
  ])('%j', (typed) => {
    expect(pastedCode(typed, 10)).toBe('A439PW4T6J')
  })

  it.each(['', 'A439PW4T6', 'secret'])('%j is none', (typed) => {
    expect(pastedCode(typed, 10)).toBeUndefined()
  })
})

it.each([
  ['A439P W4T6J', ['A439PW4T6J', 'A439P W4T6J']],
  ['Password: A439PW4T6J', ['A439PW4T6J', 'Password: A439PW4T6J']],
  ['movie night 2026', ['movie night 2026']],
  ['', ['']],
])('[R5] [R35] the password in %j is one of %j', (typed, passwords) => {
  expect(passwordsIn(typed)).toEqual(passwords)
})
