import { expect, test } from 'vitest'
import type { FunctionCall } from '../../local/faults.ts'
import { setUpStage } from '../staging/set-up-stage.ts'

const stage = setUpStage()

test('every call of a function says which invocation it belongs to, and a function can die between saving and telling', async () => {
  const { code, host } = await stage.room({ is_private: false })
  const bo = await stage.enter(code, await stage.member(code, 'Bo'))
  await stage.settled()
  const calls: FunctionCall[] = []
  stage.runtime.faults.killInvocation = (call) => {
    calls.push(call)
    return call.service === 'management'
  }
  const answer = await stage.refused('rooms/settings', { room_id: code, name: 'Film night' }, host)
  expect(answer.status).toBe(500)
  await stage.settled()
  expect(new Set(calls.map(({ function: name }) => name.replace(/\w{8}$/, '')))).toEqual(new Set(['Api']))
  expect(calls.map(({ service }) => service)).toContain('dynamodb')
  expect(bo.all('ROOM_UPDATED')).toEqual([])
  stage.runtime.faults.reset()
  expect((await stage.call('rooms/detail', { code }, host)).name).toBe('Film night')
})
