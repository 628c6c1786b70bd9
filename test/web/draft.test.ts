import { expect, it } from 'vitest'
import { type Draft, emptyDraft, takeBack } from '../../web/room/chat/draft.ts'

const refuse = (draft: Draft, ...refused: [order: number, message: string][]): Draft =>
  refused.reduce((before, [order, message]) => takeBack(before, order, message), draft)

it('refused messages come back in the order in which they were sent, whatever the order of the refusals', () => {
  expect(refuse(emptyDraft, [1, 'one'], [2, 'two'], [3, 'three']).text).toBe('one\ntwo\nthree')
  expect(refuse(emptyDraft, [3, 'three'], [1, 'one'], [2, 'two']).text).toBe('one\ntwo\nthree')
})

it('what was typed meanwhile stays below them', () => {
  const typing = { text: 'and', returned: [] }
  const first = refuse(typing, [1, 'one'])
  expect(first.text).toBe('one\nand')
  expect(refuse({ ...first, text: 'one\nand more' }, [2, 'two']).text).toBe('one\ntwo\nand more')
  expect(refuse({ ...first, text: 'one' }, [2, 'two']).text).toBe('one\ntwo')
})

it('a refused message that somebody has changed is theirs, and later ones come above it', () => {
  const first = refuse(emptyDraft, [1, 'one'])
  expect(refuse({ ...first, text: 'only one' }, [2, 'two'], [3, 'three']).text).toBe('two\nthree\nonly one')
})
