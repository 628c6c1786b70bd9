import { expect, test } from 'vitest'
import { startTiny } from './tiny-runtime.ts'
import { httpRoute } from './tiny-stack.ts'

test('a function gets the event of payload format 2.0', async () => {
  const { runtime, recorder } = await startTiny()
  await fetch(`${runtime.url}/api/rooms/Ab%20c/?a=1&b=x%20y&a=2`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Thing': 'one', Cookie: 'a=1; b=2', 'User-Agent': 'tests' },
    body: '{"ä":1}',
  })
  const event = await recorder.nth('Http', 1)
  expect(event).toMatchObject({
    version: '2.0',
    routeKey: 'ANY /api/{proxy+}',
    rawPath: '/api/rooms/Ab c/',
    rawQueryString: 'a=1&b=x%20y&a=2',
    cookies: ['a=1', 'b=2'],
    headers: {
      'content-type': 'application/json',
      'x-thing': 'one',
      host: 'httpapi.execute-api.us-east-1.amazonaws.com',
      'x-edge-secret': 'between us',
    },
    queryStringParameters: { a: '1,2', b: 'x y' },
    pathParameters: { proxy: 'rooms/Ab c/' },
    requestContext: {
      accountId: '000000000000',
      apiId: 'httpapi',
      domainName: 'httpapi.execute-api.us-east-1.amazonaws.com',
      domainPrefix: 'httpapi',
      http: { method: 'POST', path: '/api/rooms/Ab c/', protocol: 'HTTP/1.1', userAgent: 'tests' },
      requestId: expect.any(String),
      routeKey: 'ANY /api/{proxy+}',
      stage: '$default',
      time: expect.stringMatching(/^\d\d\/\w{3}\/\d{4}:\d\d:\d\d:\d\d \+0000$/),
      timeEpoch: expect.any(Number),
    },
    body: '{"ä":1}',
    isBase64Encoded: false,
  })
  expect(event.headers).not.toHaveProperty('cookie')
})

test('a request without query, cookies and body has no such fields; a binary body comes in base64', async () => {
  const { runtime, recorder } = await startTiny()
  await fetch(`${runtime.url}/api/health`)
  const bare = await recorder.nth('Http', 1)
  for (const field of ['queryStringParameters', 'cookies', 'body']) expect(bare).not.toHaveProperty(field)
  expect(bare).toMatchObject({ rawQueryString: '', isBase64Encoded: false })
  const headers = { 'content-type': 'application/octet-stream' }
  await fetch(`${runtime.url}/api/health`, { method: 'PUT', headers, body: Buffer.from([0xff, 0x00]) })
  expect(await recorder.nth('Http', 2)).toMatchObject({ body: '/wA=', isBase64Encoded: true })
})

const answered = async (handler: () => unknown) => {
  const { runtime } = await startTiny({ handlers: { Http: handler } })
  return fetch(`${runtime.url}/api/x`)
}

test('status, headers, cookies and body of a result become the response', async () => {
  const response = await answered(() => ({
    statusCode: 201,
    headers: { 'Content-Type': 'text/csv', 'X-Count': 7 },
    cookies: ['a=1; HttpOnly', 'b=2'],
    body: 'YWJj',
    isBase64Encoded: true,
  }))
  expect(response.status).toBe(201)
  expect(response.headers.get('content-type')).toBe('text/csv')
  expect(response.headers.get('x-count')).toBe('7')
  expect(response.headers.getSetCookie()).toEqual(['a=1; HttpOnly', 'b=2'])
  expect(await response.text()).toBe('abc')
})

test('a bare object becomes 200 JSON', async () => {
  const response = await answered(() => ({ hello: 'world' }))
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe('application/json')
  expect(await response.json()).toEqual({ hello: 'world' })
})

test.each<[string, () => unknown]>([
  ['a throwing function', () => Promise.reject(new Error('internal'))],
  ['a status that is none', () => ({ statusCode: 'soon' })],
  ['a body that is no text', () => ({ statusCode: 200, body: { a: 1 } })],
])('%s is 500 without a word of why', async (_, handler) => {
  const response = await answered(handler)
  expect(response.status).toBe(500)
  expect(await response.json()).toEqual({ message: 'Internal Server Error' })
})

test('routes are chosen by how exactly they match, and the template says which there are', async () => {
  const { runtime, recorder } = await startTiny({
    edit: {
      ...httpRoute('GET /api/rooms/mine', 'Http'),
      ...httpRoute('GET /api/rooms/{code}', 'Http'),
      ...httpRoute('ANY /api/rooms/{code}', 'Http'),
      ...httpRoute('ANY /api/rooms/{code}/{rest+}', 'Http'),
      ...httpRoute('POST /api/{proxy+}', 'Http'),
    },
  })
  const routeOf = async (method: string, path: string): Promise<string> => {
    const before = recorder.all('Http').length
    const response = await fetch(runtime.url + path, { method })
    const event = recorder.all('Http')[before]
    return event === undefined ? String(response.status) : event.routeKey
  }
  expect(await routeOf('GET', '/api/rooms/mine')).toBe('GET /api/rooms/mine')
  expect(await routeOf('GET', '/api/rooms/ABC')).toBe('GET /api/rooms/{code}')
  expect(await routeOf('PUT', '/api/rooms/mine')).toBe('ANY /api/rooms/{code}')
  expect(await routeOf('GET', '/api/rooms/ABC/a/b')).toBe('ANY /api/rooms/{code}/{rest+}')
  expect(await routeOf('GET', '/api/rooms/mine/')).toBe('ANY /api/{proxy+}')
  expect(await routeOf('POST', '/api/other')).toBe('POST /api/{proxy+}')
  expect(await routeOf('DELETE', '/api/other')).toBe('ANY /api/{proxy+}')
  expect(await routeOf('GET', '/api/')).toBe('404')
})

test('a path with a trailing slash matches no route without one; $default takes what is left', async () => {
  const { runtime, recorder } = await startTiny({
    edit: {
      HttpANYapiproxyRoute: undefined,
      ...httpRoute('GET /api/health', 'Http'),
      ...httpRoute('$default', 'Message'),
    },
  })
  await fetch(`${runtime.url}/api/health`)
  await fetch(`${runtime.url}/api/health/`)
  expect((await recorder.nth('Http', 1)).routeKey).toBe('GET /api/health')
  expect((await recorder.nth('Message', 1)).routeKey).toBe('$default')
})

test('no route is 404 and a body over 10 MB is 413', async () => {
  const { runtime, recorder } = await startTiny({ limits: { httpBodyBytes: 1000 } })
  const missing = await fetch(`${runtime.url}/api/`)
  expect(missing.status).toBe(404)
  expect(await missing.json()).toEqual({ message: 'Not Found' })
  const post = (bytes: number) => fetch(`${runtime.url}/api/x`, { method: 'POST', body: 'x'.repeat(bytes) })
  expect((await post(1000)).status).toBe(200)
  expect((await post(1001)).status).toBe(413)
  expect(recorder.all('Http')).toHaveLength(1)
})

test('the API itself answers a preflight and says who may read, as CorsConfiguration has it', async () => {
  const { runtime, recorder } = await startTiny({
    handlers: { Http: () => ({ statusCode: 200, headers: { 'access-control-allow-origin': '*' }, body: 'x' }) },
    edit: {
      'HttpApi.Properties.CorsConfiguration': {
        AllowOrigins: ['https://watch.example'],
        AllowMethods: ['GET', 'POST'],
        AllowHeaders: ['authorization', 'content-type'],
      },
    },
  })
  const ask = (origin: string) =>
    fetch(`${runtime.url}/api/x`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST' },
    })
  const yes = await ask('https://watch.example')
  expect(yes.status).toBe(204)
  expect(Object.fromEntries(yes.headers)).toMatchObject({
    'access-control-allow-origin': 'https://watch.example',
    'access-control-allow-methods': 'GET,POST',
    'access-control-allow-headers': 'authorization,content-type',
  })
  expect((await ask('https://evil.example')).headers.get('access-control-allow-origin')).toBeNull()
  expect(recorder.all('Http')).toEqual([])

  const read = (origin: string) => fetch(`${runtime.url}/api/x`, { headers: { origin } })
  const mine = await read('https://watch.example')
  expect(mine.headers.get('access-control-allow-origin')).toBe('https://watch.example')
  const theirs = await read('https://evil.example')
  expect(theirs.headers.get('access-control-allow-origin')).toBeNull()
})
