import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'

type Api = { token: () => string | undefined }
type Account = { person: { id: string } | null; api: Api; hasExpired: boolean }
type Store = {
  get: () => Account
  call: (name: string, request: object) => Promise<unknown>
  enter: (name: string, request: object) => Promise<void>
  rename: (name: string) => Promise<string>
  signOut: (as: Api) => Promise<void>
  expire: (refused: Api) => boolean
}

const HOUR_MS = 3_600_000

/** A token issued `hoursAgo`, for twelve hours. */
const jwt = (mark: string, hoursAgo = 0) => {
  const iat = Math.round((Date.now() - hoursAgo * HOUR_MS) / 1000)
  return `e30.${Buffer.from(JSON.stringify({ iat, exp: iat + 12 * 3600 })).toString('base64url')}.${mark}`
}

const kept = new Map<string, string>()
const keep = (token: string, id = 'ana') =>
  kept.set('streamit.account', JSON.stringify({ token, id, name: 'Ana', isGuest: true }))
const keptToken = (): string | undefined => JSON.parse(kept.get('streamit.account') ?? '{}').token

/** What this tab does when another one keeps something. */
let hear: (event: { key: string }) => void
/** Another tab signs in as somebody else. */
const becomeElsewhere = (token: string, id: string): void => {
  keep(token, id)
  hear({ key: 'streamit.account' })
}

/** What the server answers to a token. */
let answer: (token: string | null, path: string) => Response | Promise<Response>
const ours = (status: number, code: string) => Response.json({ error: 'No.', code }, { status })

const openTab = async (): Promise<Store> => {
  // Not by a literal path: its types need those of a browser, which this project does not have.
  const path = '../../web/account/account-store.ts'
  const { createAccountStore }: { createAccountStore: () => Store } = await import(path)
  return createAccountStore()
}
const me = (tab: Store) =>
  tab.call('auth/me', {}).then(
    () => 'answered',
    ({ code }) => code,
  )

beforeEach(() => {
  kept.clear()
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  })
  vi.stubGlobal('location', { origin: 'https://streamit.example' })
  vi.stubGlobal('addEventListener', (_type: string, listener: typeof hear) => {
    hear = listener
  })
  vi.stubGlobal('fetch', async (url: string, { headers }: { headers: Record<string, string> }) =>
    answer(headers.authorization?.replace('Bearer ', '') ?? null, new URL(url).pathname),
  )
})
afterEach(() => vi.unstubAllGlobals())

describe('a tab whose token is refused', () => {
  test.each(['<html>Sign in to the hotel</html>', '{"message":"Unauthorized"}'])(
    '11e by a network on the way (%s) stays signed in',
    async (body) => {
      const token = jwt('T1')
      keep(token)
      answer = () => new Response(body, { status: 401 })
      const tab = await openTab()
      expect(await me(tab)).toBe('forbidden')
      expect([keptToken(), tab.get().person?.id]).toEqual([token, 'ana'])
    },
  )

  test('by the server is signed out', async () => {
    keep(jwt('T1'))
    answer = () => ours(401, 'unauthorized')
    const tab = await openTab()
    expect(await me(tab)).toBe('unauthorized')
    expect([keptToken(), tab.get()]).toMatchObject([undefined, { person: null, hasExpired: true }])
  })

  test.each([
    ['newer', 1],
    ['older: a change of password spared it', 5],
  ])('2d goes on with the one that another tab keeps, which is %s', async (_which, hoursAgo) => {
    const [outdated, other] = [jwt('T1', 3), jwt('T2', hoursAgo)]
    keep(outdated)
    answer = (token) => (token === other ? Response.json({ id: 'ana' }) : ours(401, 'unauthorized'))
    const tab = await openTab()
    keep(other)
    expect(await me(tab)).toBe('answered')
    expect([keptToken(), tab.get().api.token()]).toEqual([other, other])
  })

  test('2d does not throw away what another tab keeps for somebody else, and becomes them', async () => {
    keep(jwt('T1', 3))
    answer = () => ours(401, 'unauthorized')
    const tab = await openTab()
    const other = jwt('T2')
    keep(other, 'bo')
    expect(await me(tab)).toBe('unauthorized')
    expect([keptToken(), tab.get().person?.id, tab.get().hasExpired]).toEqual([other, 'bo', false])
  })
})

test('a token that another tab has renewed is used from the next call on', async () => {
  keep(jwt('T1', 3))
  const tab = await openTab()
  const renewed = jwt('T2')
  keep(renewed)
  const asked: (string | null)[] = []
  answer = (token) => {
    asked.push(token)
    return Response.json({ id: 'ana' })
  }
  await me(tab)
  expect(asked).toEqual([renewed])
})

test('a token that is renewed while another tab signs in as somebody else is not kept as theirs', async () => {
  keep(jwt('T1', 7))
  const tab = await openTab()
  const other = jwt('T2')
  answer = (_token, path) => {
    if (path !== '/api/auth/refresh') return Response.json({ id: 'ana' })
    keep(other, 'bo')
    return Response.json({ access_token: jwt('T3') })
  }
  await me(tab)
  await vi.waitFor(() => expect(keptToken()).toBe(other))
})

describe('[H6] what was begun as the one who was signed in before', () => {
  const begun = async () => {
    keep(jwt('T1', 3))
    const tab = await openTab()
    let go = (_response: Response) => {}
    answer = () =>
      new Promise((resolve) => {
        go = resolve
      })
    return { tab, api: tab.get().api, go: (response: Response) => go(response) }
  }
  const stays = (tab: Store, token: string) =>
    expect([keptToken(), tab.get().person?.id, tab.get().hasExpired]).toEqual([token, 'bo', false])

  test('does not sign them out where its token is refused', async () => {
    const { tab, api } = await begun()
    const other = jwt('T2')
    becomeElsewhere(other, 'bo')
    expect(tab.expire(api)).toBe(false)
    stays(tab, other)
    expect(tab.expire(tab.get().api)).toBe(true)
    expect(keptToken()).toBeUndefined()
  })

  test.each([
    ['as this tab has heard', true],
    ['as this tab is yet to hear', false],
  ])('does not sign them out by a sign-out that is answered late, %s', async (_when, isHeard) => {
    const { tab, api, go } = await begun()
    const leaving = tab.signOut(api)
    const other = jwt('T2')
    if (isHeard) becomeElsewhere(other, 'bo')
    else keep(other, 'bo')
    go(Response.json({ success: true }))
    await leaving
    expect(keptToken()).toBe(other)
    if (isHeard) stays(tab, other)
  })

  test('does not sign them out after an account was deleted', async () => {
    const { tab, api, go } = await begun()
    const deleting = tab.call('auth/delete', {})
    const other = jwt('T2')
    becomeElsewhere(other, 'bo')
    go(Response.json({ success: true }))
    await deleting
    answer = () => ours(401, 'unauthorized')
    await tab.signOut(api)
    stays(tab, other)
  })

  test.each([
    ['as this tab has heard', true],
    ['as this tab is yet to hear', false],
  ])('does not take their place by a new name that is answered late, %s', async (_when, isHeard) => {
    const { tab, go } = await begun()
    const renaming = tab.rename('Anna')
    const other = jwt('T2')
    if (isHeard) becomeElsewhere(other, 'bo')
    else keep(other, 'bo')
    go(Response.json({ id: 'ana', display_name: 'Anna', is_guest: true, access_token: jwt('T3') }))
    expect(await renaming).toBe('Anna')
    expect(keptToken()).toBe(other)
    if (isHeard) stays(tab, other)
  })

  test.each([
    ['as this tab has heard', true],
    ['as this tab is yet to hear', false],
  ])(
    'does not take the place of who has signed in by a guest’s name that is answered late, %s',
    async (_when, isHeard) => {
      const tab = await openTab()
      let go = (_response: Response) => {}
      answer = () =>
        new Promise((resolve) => {
          go = resolve
        })
      const entering = tab.enter('auth/guest', { display_name: 'Ana' })
      const other = jwt('T2')
      if (isHeard) becomeElsewhere(other, 'bo')
      else keep(other, 'bo')
      go(Response.json({ id: 'ana', display_name: 'Ana', is_guest: true, access_token: jwt('T1') }))
      await entering
      expect(keptToken()).toBe(other)
      if (isHeard) stays(tab, other)
    },
  )
})
