import { expect, test } from 'vitest'
import { isMentioned } from '../../web/room/notices/mention.ts'

test('a name is said as words of its own, in any case', () => {
  for (const message of ['Bo?', '@bo look', 'and BO.', 'Bo', '(bo)', "Bo's turn"])
    expect(isMentioned(message, 'Bo')).toBe(true)
  for (const message of ['above', 'Bob', 'Börse', 'x_bo', '']) expect(isMentioned(message, 'Bo')).toBe(false)
})

test('names with signs, blanks and other alphabets are names', () => {
  expect(isMentioned('hey A.J. (x)!', 'A.J. (x)')).toBe(true)
  expect(isMentioned('hey AxJ', 'A.J')).toBe(false)
  expect(isMentioned('Привет, Оля', 'Оля')).toBe(true)
  expect(isMentioned('Ana 2, come', 'Ana 2')).toBe(true)
  expect(isMentioned('anything', ' ')).toBe(false)
})

const visible = Array.from({ length: 94 }, (_, nth) => String.fromCharCode(0x21 + nth))

test.each(visible)('a name with %s in it is said like any other', (sign) => {
  const name = `Ann${sign}Marie`
  expect(isMentioned(`Look, ${name}!`, name)).toBe(true)
  expect(isMentioned('nobody', name)).toBe(false)
})
