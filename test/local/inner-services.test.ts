import { expect, test } from 'vitest'
import { startTiny } from './tiny-runtime.ts'

const VARIABLES = [
  'AWS_ENDPOINT_URL_DYNAMODB',
  'AWS_ENDPOINT_URL_LAMBDA',
  'AWS_ENDPOINT_URL_SECRETS_MANAGER',
  'AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI',
]

const statusOf = async (url: string, headers: Record<string, string> = {}): Promise<number> =>
  (await fetch(url, { method: 'POST', body: '{}', headers })).status

test.each(VARIABLES)(
  'the service behind %s answers nobody who lacks the secret of this start, and no page',
  async (name) => {
    const { environment } = await startTiny()
    const url = environment('Message')[name] ?? ''
    const { origin, pathname } = new URL(url)
    const [, secret = ''] = pathname.split('/')
    expect(secret).toMatch(/^[0-9a-f]{32}$/)
    // Some answer that the service itself gives.
    expect(await statusOf(`${url}/@connections/x`)).not.toBe(403)
    for (const path of [
      '',
      '/',
      `/${secret.slice(1)}`,
      `/${secret}x`,
      `/${'0'.repeat(32)}/`,
      `//${secret}`,
      `/x/${secret}`,
    ])
      expect([path, await statusOf(`${origin}${path}`)]).toEqual([path, 403])
    for (const page of ['https://evil.example', 'null', origin])
      expect([page, await statusOf(url, { origin: page })]).toEqual([page, 403])
  },
)

test('each service has a secret of its own, and each start new ones', async () => {
  const [first, second] = [await startTiny(), await startTiny()]
  const secrets = [first, second].flatMap(({ environment }) =>
    VARIABLES.map((name) => new URL(environment('Message')[name] ?? '').pathname.split('/')[1]),
  )
  expect(new Set(secrets).size).toBe(8)
})
