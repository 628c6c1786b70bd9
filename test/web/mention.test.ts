import { expect, it } from 'vitest'
import { isMentioned } from '../../web/room/notices/mention.ts'

it('a name is said as words of its own, in any case', () => {
  for (const message of ['Bo?', '@bo look', 'and BO.', 'Bo', '(bo)', "Bo's turn"])
    expect(isMentioned(message, 'Bo')).toBe(true)
  for (const message of ['above', 'Bob', 'Börse', 'x_bo', '']) expect(isMentioned(message, 'Bo')).toBe(false)
})

it('names with signs, blanks and other alphabets are names', () => {
  expect(isMentioned('hey A.J. (x)!', 'A.J. (x)')).toBe(true)
  expect(isMentioned('hey AxJ', 'A.J')).toBe(false)
  expect(isMentioned('Привет, Оля', 'Оля')).toBe(true)
  expect(isMentioned('Ana 2, come', 'Ana 2')).toBe(true)
  expect(isMentioned('anything', ' ')).toBe(false)
})
