import { hash } from 'bcryptjs'
import { describe, expect, it } from 'vitest'
import { setPassword, userByEmail } from '../../functions/table/users.ts'
import { setUpStage } from '../staging/set-up-stage.ts'

const stage = setUpStage()

const COMPOSED = 'caf\u00e9 au lait'
const DECOMPOSED = 'cafe\u0301 au lait'

let accounts = 0
const register = async (password: string) => {
  const email = `zoe${++accounts}@example.com`
  const { id, access_token } = await stage.call('auth/register', { email, password, display_name: 'Zoe' })
  return { email, person: { id, name: 'Zoe', token: access_token } }
}
const login = async (email: string, password: string) =>
  (await stage.request('POST', '/api/auth/login', { body: { email, password } })).status

describe('[A4] [A10] a password of letters that have several forms', () => {
  it.each([
    ['composed', COMPOSED],
    ['decomposed', DECOMPOSED],
    ['in full width', 'ｃａｆé ａｕ ｌａｉｔ'],
  ])('lets its person in however it is typed: set %s', async (_form, password) => {
    const { email } = await register(password)
    const answers = [await login(email, COMPOSED), await login(email, DECOMPOSED), await login(email, 'cafe au lait')]
    expect(answers).toEqual([200, 200, 401])
  })

  it.each([
    ['composed', COMPOSED],
    ['decomposed', DECOMPOSED],
  ])('that a version before hashed as it was typed is good as it was typed: %s', async (_form, password) => {
    const { email } = await register('correct horse')
    const user = await userByEmail(email, Date.now())
    if (user === undefined) throw new Error('no account')
    await setPassword(user, await hash(password, 4), 'a token')
    expect(await login(email, password)).toBe(200)
  })

  it('[A7] is changed by whoever types the one before in another form', async () => {
    const { email, person } = await register(COMPOSED)
    await stage.call('auth/password', { current: DECOMPOSED, new: `${DECOMPOSED}!` }, person)
    expect(await login(email, `${COMPOSED}!`)).toBe(200)
  })
})
