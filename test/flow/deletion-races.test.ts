import { describe, expect, it } from 'vitest'
import { table } from '../../functions/table/client.ts'
import { account, administrator, adminsOf } from '../staging/administrator.ts'
import { holdUpdate } from '../staging/hold-update.ts'
import { setUpStage } from '../staging/set-up-stage.ts'
import type { Person } from '../staging/stage.ts'

const stage = setUpStage()

const codeOf = async (refusal: ReturnType<typeof stage.refused>) => (await refusal).body.code

/** Somebody deletes their account, and is held while they leave the room that they are in. */
const deleting = async (person: Person) => {
  const { code } = await stage.room()
  await stage.call('rooms/join', { code }, person)
  const leaving = holdUpdate(table, 'LEFT', 1, 'TransactWriteItemsCommand')
  const answer = stage.request('POST', '/api/auth/delete', { body: {}, token: person.token })
  await leaving.hasArrived
  return async () => {
    leaving.letThrough()
    return answer
  }
}

/** Nobody but these has the flag. */
const onlyAdministrators = async (...people: Person[]): Promise<void> => {
  const { withdrawAdmin } = await import('../../functions/table/people.ts')
  const [by] = people
  for (const id of await adminsOf())
    if (by !== undefined && !people.some((person) => person.id === id)) await withdrawAdmin(id, by.id)
}

describe('[A8] [M11] an account that gets the flag while it is deleted', () => {
  it('is no administrator any more: the last one that is left keeps the flag', async () => {
    const [ada, bo] = [await administrator(stage, 'Ada'), await account(stage, 'Bo')]
    await onlyAdministrators(ada)
    const finish = await deleting(bo)
    await stage.call('admin/flag', { user_id: bo.id, is_admin: true }, ada)
    expect((await finish()).status).toBe(200)
    expect(await adminsOf()).toEqual([ada.id])
    expect(await codeOf(stage.refused('admin/flag', { user_id: ada.id, is_admin: false }, ada))).toBe('last_admin')
    expect(await codeOf(stage.refused('auth/delete', {}, ada))).toBe('last_admin')
  })

  it('stays where it is the last one by then', async () => {
    const [ada, bo] = [await administrator(stage, 'Ada'), await account(stage, 'Bo')]
    await onlyAdministrators(ada)
    const finish = await deleting(bo)
    await stage.call('admin/flag', { user_id: bo.id, is_admin: true }, ada)
    await stage.call('auth/delete', {}, ada)
    expect(await finish()).toMatchObject({ status: 409, body: { code: 'last_admin' } })
    expect(await adminsOf()).toEqual([bo.id])
    expect(await stage.call('auth/me', {}, bo)).toMatchObject({ is_admin: true })
  })
})

it('[A8] an administrator who deletes their account twice at once is not told that they are the last', async () => {
  const [ada, bo] = [await administrator(stage, 'Ada'), await administrator(stage, 'Bo')]
  await onlyAdministrators(ada, bo)
  const resigning = holdUpdate(table, 'ADMINS', 1, 'TransactWriteItemsCommand')
  const late = stage.request('POST', '/api/auth/delete', { body: {}, token: bo.token })
  await resigning.hasArrived
  await stage.call('auth/delete', {}, bo)
  resigning.letThrough()
  expect((await late).status).toBe(200)
  expect(await adminsOf()).toEqual([ada.id])
})

it('[A2] [A8] a guest who registers while they are deleted leaves their e-mail address free', async () => {
  const gus = await stage.guest('Gus')
  const form = { email: 'gus@example.com', password: 'correct horse', display_name: 'Gus' }
  const finish = await deleting(gus)
  await stage.call('auth/register', form, gus)
  expect((await finish()).status).toBe(200)
  expect(await codeOf(stage.refused('auth/login', form))).toBe('invalid_credentials')
  expect(await stage.call('auth/register', form)).toMatchObject({ is_guest: false })
})

it("[A2] [A8] an account leaves a lock of its e-mail address that is somebody else's", async () => {
  const [bo, cy] = [await account(stage, 'Bo'), await account(stage, 'Cy')]
  const { change } = await import('../../functions/table/change.ts')
  const { emailKey } = await import('../../functions/table/keys.ts')
  await change(emailKey(bo.email), { set: { user_id: cy.id } })
  await stage.call('auth/delete', {}, bo)
  const form = { email: bo.email, password: 'correct horse' }
  expect(await stage.call('auth/login', form)).toMatchObject({ id: cy.id })
})
