import { describe, expect, it } from 'vitest'
import { madeReadable, unreadable } from '../../protocol/readable.ts'
import { MediaTitle } from '../../protocol/text.ts'

describe('[A11] [R3] a line of text that people read', () => {
  it.each(['A film', 'فیلم\u200cها', '👨‍👩‍👧 ❤️', '映画（１）', '🏴󠁧󠁢󠁷󠁬󠁳󠁿', 'ᠮᠤᠩᠭ᠋ᠣᠯ', ''])('may be %j', (text) => {
    expect(unreadable(text)).toBeUndefined()
    expect(MediaTitle.parse(text)).toBe(text)
    expect(madeReadable(text)).toBe(text)
  })

  it.each([
    ['a\u0000b', 'control', 'a b'],
    ['a\nb', 'control', 'a b'],
    ['a\u2028b', 'control', 'a b'],
    ['a\ud800b', 'control', 'a b'],
    ['a\ue000b', 'control', 'a b'],
    ['a\u202eb', 'direction', 'ab'],
    ['a\u2066b\u2069', 'direction', 'ab'],
    ['a\u200bb', 'invisible', 'ab'],
    ['a\u00adb', 'invisible', 'ab'],
    ['a\u2800b', 'invisible', 'ab'],
    ['a\u{e0041}b', 'invisible', 'ab'],
  ])('may not be %j, for what is %s in it; %j is left', (text, why, left) => {
    expect(unreadable(text)).toContain(why)
    expect(MediaTitle.safeParse(text).success).toBe(false)
    expect(madeReadable(text)).toBe(left)
  })

  it('has at most 200 characters as a title', () => {
    expect(MediaTitle.safeParse('t'.repeat(200)).success).toBe(true)
    expect(MediaTitle.safeParse('t'.repeat(201)).success).toBe(false)
  })
})
