import type { Person, Stage } from './stage.ts'

let accounts = 0

/** Somebody with an account, who has signed in with the password now. */
export const account = async (stage: Stage, name: string): Promise<Person & { email: string }> => {
  accounts += 1
  const email = `person-${accounts}-${Math.random().toString(36).slice(2)}@example.com`
  const body = { email, password: 'correct horse', display_name: name }
  const { id, access_token } = await stage.call('auth/register', body)
  return { id, name, token: access_token, email }
}

/** The same with the flag, which nobody gets over the API alone. */
export const administrator = async (stage: Stage, name: string): Promise<Person & { email: string }> => {
  const person = await account(stage, name)
  const { makeAdmin } = await import('../../functions/table/users.ts')
  if (!(await makeAdmin(person.id))) throw new Error(`${name} has no account.`)
  return person
}

/** The ids of those who have the flag, as the table notes them. */
export const adminsOf = async (): Promise<string[]> => {
  const { itemsTogether } = await import('../../functions/table/client.ts')
  const [item] = await itemsTogether([{ pk: 'SERVICE', sk: 'ADMINS' }])
  return item?.ids instanceof Set ? [...item.ids] : []
}
