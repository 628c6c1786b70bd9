import { afterEach, describe, expect, it } from 'vitest'
import { memberOf } from '../../functions/table/members.ts'
import { holdUpdate } from '../staging/hold-update.ts'
import { setUpStage } from '../staging/set-up-stage.ts'
import type { Person } from '../staging/stage.ts'

const stage = setUpStage()
afterEach(() => stage.runtime.faults.reset())

let accounts = 0
const registering = ({ name, token }: Person) => {
  const account = { email: `bo${++accounts}@example.com`, password: 'correct horse' }
  const asked = stage.request('POST', '/api/auth/register', { body: { ...account, display_name: name }, token })
  return { account, asked }
}

/** Registers a guest in a function that ends once the account is saved, before the rooms know of it. */
const registerCutShort = async (person: Person): Promise<Person> => {
  stage.runtime.faults.killInvocation = ({ function: name, action }) =>
    name.startsWith('Auth') && action === 'UpdateItem'
  const { account, asked } = registering(person)
  await asked
  stage.runtime.faults.reset()
  const { access_token } = await stage.call('auth/login', account)
  return { ...person, token: access_token }
}

describe('[A3] a guest who has an account by now is no guest in their rooms', () => {
  it.each([{}, { is_private: true, entry_mode: 'APPROVAL' as const }])(
    'once they join again, where registering was cut short after it was saved: %j',
    async (entry) => {
      const { code } = await stage.room(entry)
      const bo = await stage.member(code, 'Bo')
      const account = await registerCutShort(bo)
      expect((await memberOf(code, bo.id))?.is_guest).toBe(true)
      await stage.call('rooms/join', { code }, account)
      expect((await memberOf(code, bo.id))?.is_guest).toBe(false)
    },
  )

  it.each([
    ['joins', async () => ({ by: await stage.guest('Bo'), code: (await stage.room()).code })],
    [
      'asks to come in',
      async () => ({
        by: await stage.guest('Bo'),
        code: (await stage.room({ is_private: true, entry_mode: 'APPROVAL' })).code,
      }),
    ],
  ])('where they register while one of their calls %s', async (_what, prepare) => {
    const { by, code } = await prepare()
    const { dynamoDb } = await import('../../functions/table/client.ts')
    const held = holdUpdate(dynamoDb, '"is_guest"', 1, 'TransactWriteItemsCommand')
    const joining = stage.call('rooms/join', { code }, by)
    await held.hasArrived
    const { asked } = registering(by)
    expect((await asked).status).toBe(201)
    held.letThrough()
    await joining
    expect((await memberOf(code, by.id))?.is_guest).toBe(false)
  })
})
