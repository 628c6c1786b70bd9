import { PutCommand } from '@aws-sdk/lib-dynamodb'
import { describe, expect, it } from 'vitest'
import { change } from '../../functions/table/change.ts'
import {
  connectionsTableName,
  coreTableName,
  itemsTogether,
  openTables,
  queryAll,
  table,
  writeTogether,
} from '../../functions/table/client.ts'
import { type Expression, exists, isMissing } from '../../functions/table/conditions.ts'
import { setUpStage } from '../staging/set-up-stage.ts'

const stage = setUpStage()

const put = (sk: string, more: Record<string, unknown> = {}, pk = 'TEST') =>
  table.send(new PutCommand({ TableName: coreTableName(), Item: { pk, sk, ...more } }))
/** Calls to DynamoDB of that kind while the work is done. */
const counting = async <T>(action: string, work: () => Promise<T>): Promise<[T, number]> => {
  let calls = 0
  stage.runtime.faults.failDynamoDb = (call) => {
    if (call.action === action) calls += 1
    return undefined
  }
  const result = await work()
  stage.runtime.faults.reset()
  return [result, calls]
}
/** The first `times` calls of that kind meet another transaction. */
const conflicting = (action: string, times: number) => {
  let calls = 0
  stage.runtime.faults.failDynamoDb = (call) => {
    if (call.action !== action) return undefined
    calls += 1
    return calls <= times ? 'TransactionConflictException' : undefined
  }
  return () => calls
}

describe('itemsTogether', () => {
  it('answers in the order of the keys, in one call, with undefined for what is not there', async () => {
    for (const sk of ['a', 'b']) await put(sk, { value: sk }, 'TOGETHER')
    const key = (sk: string) => ({ pk: 'TOGETHER', sk })
    const [items, calls] = await counting('BatchGetItem', () =>
      itemsTogether([key('b'), key('none'), key('a'), key('b'), key('a')]),
    )
    expect(items.map((item) => item?.value)).toEqual(['b', undefined, 'a', 'b', 'a'])
    expect(calls).toBe(1)
  })

  it('tells keys apart that read alike when joined', async () => {
    await put('B#C', { value: 1 }, 'A')
    await put('C', { value: 2 }, 'A#B')
    const items = await itemsTogether([
      { pk: 'A', sk: 'B#C' },
      { pk: 'A#B', sk: 'C' },
    ])
    expect(items.map((item) => item?.value)).toEqual([1, 2])
  })
})

describe('queryAll', () => {
  const query = (pk: string) => ({
    TableName: coreTableName(),
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': pk },
  })

  it('reads page after page of more than a megabyte', async () => {
    const filler = 'x'.repeat(300_000)
    for (const sk of ['1', '2', '3', '4', '5', '6', '7']) await put(sk, { filler }, 'PAGES')
    const [items, calls] = await counting('Query', () => queryAll(query('PAGES')))
    expect(items.map(({ sk }) => sk)).toEqual(['1', '2', '3', '4', '5', '6', '7'])
    expect(calls).toBeGreaterThan(1)
    expect((await queryAll(query('PAGES'), 5)).map(({ sk }) => sk)).toEqual(['1', '2', '3', '4', '5'])
    expect(await queryAll(query('NOTHING'))).toEqual([])
  })

  it('fills a limited answer from the pages that follow where a filter took items away', async () => {
    for (let n = 0; n < 20; n += 1) await put(String(n).padStart(2, '0'), { odd: n % 2 }, 'FILTER')
    const odd = { FilterExpression: 'odd = :odd', ExpressionAttributeValues: { ':pk': 'FILTER', ':odd': 1 } }
    const items = await queryAll({ ...query('FILTER'), ...odd }, 4)
    expect(items.map(({ sk }) => sk)).toEqual(['01', '03', '05', '07'])
  })
})

describe('writeTogether', () => {
  const write = (sk: string, condition?: string) => ({
    Put: {
      TableName: coreTableName(),
      Item: { pk: 'WRITE', sk },
      ...(condition !== undefined && { ConditionExpression: condition }),
    },
  })
  const isThere = async (sk: string) => (await itemsTogether([{ pk: 'WRITE', sk }]))[0] !== undefined

  it('writes all', async () => {
    expect(await writeTogether([write('a'), write('b')])).toBe(true)
    expect([await isThere('a'), await isThere('b')]).toEqual([true, true])
  })

  it('writes nothing, and says so, where one condition fails', async () => {
    await put('taken', {}, 'WRITE')
    expect(await writeTogether([write('c'), write('taken', 'attribute_not_exists(pk)')])).toBe(false)
    expect(await isThere('c')).toBe(false)
  })

  it('waits for another transaction and tries again', async () => {
    const calls = conflicting('TransactWriteItems', 3)
    expect(await writeTogether([write('d')])).toBe(true)
    stage.runtime.faults.reset()
    expect(calls()).toBe(4)
    expect(await isThere('d')).toBe(true)
  })

  it('gives up after four tries', async () => {
    const calls = conflicting('TransactWriteItems', 99)
    await expect(writeTogether([write('e')])).rejects.toThrow(/TransactionConflict/)
    stage.runtime.faults.reset()
    expect(calls()).toBe(4)
    expect(await isThere('e')).toBe(false)
  })
})

describe('change', () => {
  const setValue = (sk: string, when: Expression) =>
    change({ pk: 'UPDATE', sk }, { set: { value: 2 }, when }, 'ALL_NEW')

  it('answers the item, or the item that failed the condition, or none', async () => {
    await put('a', { value: 1, set: new Set(['x']), nested: { list: [1, null] } }, 'UPDATE')
    expect(await setValue('a', isMissing('pk'))).toEqual({
      done: false,
      item: { pk: 'UPDATE', sk: 'a', value: 1, set: new Set(['x']), nested: { list: [1, null] } },
    })
    expect(await setValue('a', exists('pk'))).toMatchObject({ done: true, item: { value: 2 } })
    expect(await setValue('b', exists('pk'))).toEqual({ done: false, item: undefined })
  })

  it('waits for a transaction on its item and tries again, and gives up after four tries', async () => {
    const waited = conflicting('UpdateItem', 3)
    expect(await setValue('c', isMissing('pk'))).toMatchObject({ done: true })
    expect(waited()).toBe(4)
    const gaveUp = conflicting('UpdateItem', 99)
    await expect(setValue('d', isMissing('pk'))).rejects.toMatchObject({
      name: 'TransactionConflictException',
    })
    expect(gaveUp()).toBe(4)
  })

  it('passes on what is no answer', async () => {
    await expect(setValue('e', () => 'nonsense (((')).rejects.toMatchObject({ name: 'ValidationException' })
  })
})

it('a table without a name is a fault that says so', () => {
  const names = { core: coreTableName(), connections: connectionsTableName() }
  try {
    openTables({ core: names.core })
    expect(() => connectionsTableName()).toThrow('The connections table has no name: call openTables first.')
    expect(coreTableName()).toBe(names.core)
  } finally {
    openTables(names)
  }
})
