import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { entriesIn, lookAlikesSource, versionIn } from '../../bin/look-alikes/source.ts'
import { freeName } from '../../functions/domain/free-name.ts'
import { formsOf, lookAlikes } from '../../functions/domain/skeleton.ts'
import { MAX_FOLDED_NAME_BYTES, MAX_NAME_CODE_POINTS } from '../../protocol/limits.ts'
import { byteLength, DisplayName } from '../../protocol/text.ts'

const meet = (one: string, other: string) => formsOf(one).some((form) => formsOf(other).includes(form))

describe('[R6] names that look alike', () => {
  it.each([
    ['Ana', 'ANA', 'another case'],
    ['Ana', 'Аna', 'a Cyrillic capital'],
    ['Ana', 'аnа', 'Cyrillic small letters'],
    ['Ana', 'ＡＮＡ', 'full width'],
    ['Ana', 'Αna', 'a Greek capital'],
    ['Ana', 'αnα', 'Greek small letters'],
    ['Ana', 'ᴀna', 'a small capital'],
    ['Ana', 'ᴀɴᴀ', 'small capitals alone'],
    ['Ana', 'Ꭺna', 'a Cherokee letter'],
    ['Ana', 'ꓮna', 'a Lisu letter'],
    ['Ana', '𝐀𝐧𝐚', 'mathematical letters'],
    ['Ana', 'A\u200dna', 'a joiner'],
    ['Alice', 'AIice', 'a capital I for an l'],
    ['Alice', 'A1ice', 'a digit for an l'],
    ['Alice', 'A|ice', 'a bar for an l'],
    ['Alice', 'АLІСЕ', 'Cyrillic capitals alone'],
    ['Alice', 'ΑLΙϹΕ', 'Greek capitals alone'],
    ['ALICE', 'ALlCE', 'a small l for a capital I'],
    ['Bob', 'B0b', 'a digit for an o'],
    ['Bob', 'Вοb', 'Cyrillic and Greek'],
    ['O', '０', 'full width 0'],
    ['Ноа', 'Hoa', 'a Cyrillic name'],
    ['Mia', 'rnia', 'r and n for an m'],
    ['MIA', 'Міа', 'Cyrillic with an m of its own'],
    ['Fred', 'ſred', 'a long s'],
    ['Zoé', 'Zоe\u0301', 'a mark of its own on a Cyrillic letter'],
    ['Zoé', 'Zoe\u0341', 'another code of the same mark'],
    ['Ana 2', 'Аna 2', 'a number behind it'],
    ['Ana 10', 'Ana IO', 'letters for digits'],
  ])('%s and %s: %s', (one, other) => {
    expect(meet(one, other)).toBe(true)
    expect(freeName(other, new Set(formsOf(one)), 0, Math.random)).toBe(`${other} 2`)
  })

  it.each([
    ['Ana', 'Anna'],
    ['Ana', 'Aná'],
    ['Ella', 'Eila'],
    ['Lia', 'Ila'],
    ['Ali', 'All'],
    ['Αννα', 'Анна'],
    ['日本', '本日'],
    ['한국', '한글'],
    ['👑 Ana', 'Ana'],
    ['Ana', 'Ana 2'],
  ])('%s and %s do not', (one, other) => {
    expect(meet(one, other)).toBe(false)
  })

  it('a name of Latin letters mostly has one form, so that joining writes no more than it did', () => {
    for (const name of ['Ana', 'Alice', 'Bo', 'Jürgen', 'Zoé', '日本']) expect(formsOf(name)).toHaveLength(1)
  })

  it('no form is too long for a key', () => {
    const longest = '\u1d75'.repeat(MAX_NAME_CODE_POINTS / 3)
    expect(DisplayName.safeParse(longest).success).toBe(true)
    for (const text of [longest, 'ﷺ'.repeat(18), 'м'.repeat(40), '㎯'.repeat(40)])
      for (const form of formsOf(text).slice(1)) expect(byteLength(form)).toBeLessThanOrEqual(MAX_FOLDED_NAME_BYTES)
  })
})

describe('functions/domain/look-alikes.ts', () => {
  const file = readFileSync(new URL('../../functions/domain/look-alikes.ts', import.meta.url), 'utf8')

  it('is what `npm run look-alikes` writes of its entries', () => {
    expect(lookAlikes().size).toBe(5500)
    expect(lookAlikesSource(lookAlikes(), '17.0.0')).toBe(file)
  })

  it('is read from lines of confusables.txt', () => {
    const confusables = [
      '\ufeff# confusables.txt',
      '# Version: 17.0.0',
      '',
      '0430 ;\t0061 ;\tMA\t# ( а → a ) CYRILLIC SMALL LETTER A → LATIN SMALL LETTER A\t#',
      '006D ;\t0072 006E ;\tMA\t# ( m → rn )',
      '0343 ;\t0313 ;\tMA\t# normalising takes this one away',
      '# total: 3',
    ].join('\n')
    const entries = [...entriesIn(confusables)]
    expect(versionIn(confusables)).toBe('17.0.0')
    expect(entries).toEqual([
      ['а', 'a'],
      ['m', 'rn'],
    ])
    for (const [from, to] of entries) expect(lookAlikes().get(from)).toBe(to)
    expect(() => versionIn('<html>')).toThrow('names no version')
  })
})
