import { describe, expect, it } from 'vitest'
import { freeName } from '../../functions/domain/free-name.ts'

describe('freeName', () => {
  it.each<[string, string[], number, number, string]>([
    ['Ana', [], 0, 0.99, 'Ana'],
    ['Ana', ['bo', 'anabel'], 0, 0.99, 'Ana'],
    ['Ana', ['ana'], 0, 0.99, 'Ana 2'],
    ['ＡＮＡ', ['ana'], 0, 0.99, 'ＡＮＡ 2'],
    ['Ana', ['ana', 'ana 2', 'ana 3'], 0, 0, 'Ana 4'],
    ['Ana', ['ana', 'ana 3'], 0, 0, 'Ana 2'],
    ['Ana 2', ['ana', 'ana 2'], 0, 0, 'Ana 2 2'],
    ['Ana', ['ana'], 1, 0.99, 'Ana 2'],
    ['Ana', ['ana'], 3, 0, 'Ana 2'],
    ['Ana', ['ana'], 3, 0.99, 'Ana 8'],
  ])('[R6] %s among %j, attempt %i, random %d: %s', (wanted, taken, attempt, random, name) => {
    expect(freeName(wanted, new Set(taken), attempt, () => random)).toBe(name)
  })
})
