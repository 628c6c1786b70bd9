import { request } from 'node:http'
import { expect, test } from 'vitest'
import { connect, refusal } from './socket-client.ts'
import { startTiny, writeAssets } from './tiny-runtime.ts'

const pages = () =>
  writeAssets({
    'pages/index.html': '<h1>StreamIt</h1>',
    'pages/assets/app.js': 'export {}',
    'pages/video.mp4': Buffer.from('0123456789'),
    'pages/more/a b.txt': 'spaced',
    'secret/key.txt': 'not for you',
  })

/** `fetch` would tidy the path up before it is sent. */
const rawStatus = (url: string, path: string): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url)
    request({ hostname, port, path }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
      .once('error', reject)
      .end()
  })

test('the room path of the edge becomes the form that the WebSocket API takes', async () => {
  const { runtime, recorder } = await startTiny()
  await connect(`${runtime.url.replace('http', 'ws')}/ws/room/aBc/?token=t%2B1&room=XYZ`, {
    headers: { 'x-forwarded-for': '9.9.9.9', 'x-edge': 'kept' },
  })
  const event = await recorder.nth('Connect', 1)
  expect(event.queryStringParameters).toEqual({ room: 'ABC', token: 't+1' })
  expect(event.headers).toMatchObject({ 'x-edge': 'kept', Host: 'socketapi.execute-api.us-east-1.amazonaws.com' })
  expect(event.headers['x-viewer']).toMatch(/^(127\.0\.0\.1|::1)$/)
  expect(event.headers['X-Forwarded-For']).toMatch(/^9\.9\.9\.9, (127\.0\.0\.1|::1), 130\.176\.0\.1$/)
  // The address that API Gateway sees is an edge server's.
  expect(event.requestContext.identity.sourceIp).toBe('130.176.0.1')
})

test('roomUrl and realtimeUrl both lead to the same API', async () => {
  const { runtime } = await startTiny()
  await connect(runtime.roomUrl('ABC', 't'))
  await connect(runtime.realtimeUrl({ room: 'ABC', token: 't' }))
  expect(runtime.connections()).toHaveLength(2)
})

test('what a CloudFront function answers is the response', async () => {
  const { runtime } = await startTiny()
  const response = await fetch(`${runtime.url}/ws/other`)
  expect([response.status, response.headers.get('x-said'), await response.text()]).toEqual([404, 'no room', 'none'])
  expect(await refusal(`${runtime.url.replace('http', 'ws')}/ws/other?token=t`)).toBe(404)
  expect((await fetch(`${runtime.url}/ws/room/ABC/?token=t`)).status).toBe(426)
})

test('a CloudFront function that throws is 503', async () => {
  const { runtime } = await startTiny({
    edit: { 'RoomFunction.Properties.FunctionCode': 'function handler(event) { throw new Error("no") }' },
  })
  expect((await fetch(`${runtime.url}/ws/room/ABC/?token=t`)).status).toBe(503)
})

test('pages come from the deployed asset with type, ETag and the headers of the policy', async () => {
  const { runtime } = await startTiny({ assets: pages() })
  const home = await fetch(`${runtime.url}/`)
  expect(home.status).toBe(200)
  expect(await home.text()).toBe('<h1>StreamIt</h1>')
  expect(Object.fromEntries(home.headers)).toMatchObject({
    'content-type': 'text/html',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'x-house': 'StreamIt',
  })
  const etag = home.headers.get('etag') ?? ''
  expect((await fetch(`${runtime.url}/`, { headers: { 'if-none-match': etag } })).status).toBe(304)
  expect((await fetch(`${runtime.url}/assets/app.js`)).headers.get('content-type')).toBe('text/javascript')
  expect(await (await fetch(`${runtime.url}/more/a%20b.txt`)).text()).toBe('spaced')
  const head = await fetch(`${runtime.url}/index.html`, { method: 'HEAD' })
  expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, '17', ''])
})

test('parts of a file can be asked for', async () => {
  const { runtime } = await startTiny({ assets: pages() })
  const part = async (range: string) => {
    const response = await fetch(`${runtime.url}/video.mp4`, { headers: { range } })
    return [response.status, response.headers.get('content-range'), await response.text()]
  }
  expect(await part('bytes=2-4')).toEqual([206, 'bytes 2-4/10', '234'])
  expect(await part('bytes=7-')).toEqual([206, 'bytes 7-9/10', '789'])
  expect(await part('bytes=-3')).toEqual([206, 'bytes 7-9/10', '789'])
  expect(await part('bytes=10-')).toEqual([416, 'bytes */10', ''])
})

test('what was not deployed is 403, as is any way out of the folder', async () => {
  const { runtime } = await startTiny({ assets: pages() })
  for (const path of [
    '/nothing.txt',
    '/../asset.secret/key.txt',
    '/%2e%2e/asset.secret/key.txt',
    '/..%2fasset.secret%2fkey.txt',
    '/%',
    '/assets',
  ])
    expect(await rawStatus(runtime.url, path)).toBe(403)
})

test('methods that a behavior does not allow are 403', async () => {
  const { runtime } = await startTiny({ assets: pages() })
  expect((await fetch(`${runtime.url}/`, { method: 'POST' })).status).toBe(403)
  expect((await fetch(`${runtime.url}/api/x`, { method: 'DELETE' })).status).toBe(200)
})

test('a behavior without the request policy forwards neither query nor headers', async () => {
  const { runtime, recorder } = await startTiny({
    edit: { 'Edge.Properties.DistributionConfig.CacheBehaviors.0.OriginRequestPolicyId': undefined },
  })
  await fetch(`${runtime.url}/api/x?a=1`, { headers: { authorization: 'Bearer t' } })
  const event = await recorder.nth('Http', 1)
  expect(event.rawQueryString).toBe('')
  expect(event.headers).not.toHaveProperty('authorization')
})

test('a function added to the pages, a new path and a header taken away are followed', async () => {
  const { runtime } = await startTiny({
    assets: pages(),
    edit: {
      PagesFunction: {
        Type: 'AWS::CloudFront::Function',
        Properties: {
          FunctionCode: 'async function handler(event) { event.request.uri = "/index.html"; return event.request }',
        },
      },
      'Edge.Properties.DistributionConfig.DefaultCacheBehavior.FunctionAssociations': [
        { EventType: 'viewer-request', FunctionARN: { 'Fn::GetAtt': ['PagesFunction', 'FunctionARN'] } },
      ],
      'Edge.Properties.DistributionConfig.CacheBehaviors.0.PathPattern': '/v?/*',
      'Headers.Properties.ResponseHeadersPolicyConfig.CustomHeadersConfig.Items': [],
    },
  })
  const page = await fetch(`${runtime.url}/room/ABC`)
  expect(await page.text()).toBe('<h1>StreamIt</h1>')
  expect(page.headers.has('x-house')).toBe(false)
  expect((await fetch(`${runtime.url}/v2/x`)).status).toBe(404)
})

test('what a deployment fills in is filled in, and the domain of the distribution is where this edge was found', async () => {
  const { runtime } = await startTiny({
    assets: writeAssets({
      'pages/index.html': '<p>old</p>',
      'filled/index.html': '<img src="https://<<1>>/a.png"><p><<2>></p>',
    }),
    edit: {
      'DeployPages.Properties.SourceObjectKeys': ['pages.zip', 'filled.zip'],
      'DeployPages.Properties.SourceMarkers': [
        {},
        { '<<1>>': { 'Fn::GetAtt': ['Edge', 'DomainName'] }, '<<2>>': { Ref: 'AWS::Region' } },
      ],
    },
  })
  const page = await fetch(runtime.url)
  expect(await page.text()).toBe(`<img src="${runtime.url}/a.png"><p>us-east-1</p>`)
})

test('several deployments into one bucket lie side by side, each with its metadata', async () => {
  const deployment = (more: Record<string, unknown>) => ({
    Type: 'Custom::CDKBucketDeployment',
    Properties: { SourceObjectKeys: ['pages.zip'], DestinationBucketName: { Ref: 'Pages' }, ...more },
  })
  const { runtime } = await startTiny({
    assets: pages(),
    edit: {
      DeployPages: deployment({ Exclude: ['assets/*'], SystemMetadata: { 'cache-control': 'no-cache' } }),
      DeployAssets: deployment({
        Exclude: ['*'],
        Include: ['assets/*'],
        DestinationBucketKeyPrefix: 'v1',
        SystemMetadata: { 'cache-control': 'immutable' },
      }),
    },
  })
  const cacheControl = async (path: string) => {
    const response = await fetch(runtime.url + path)
    return response.ok ? response.headers.get('cache-control') : response.status
  }
  expect(await cacheControl('/index.html')).toBe('no-cache')
  expect(await cacheControl('/v1/assets/app.js')).toBe('immutable')
  expect(await cacheControl('/assets/app.js')).toBe(403)
  expect(await cacheControl('/v1/index.html')).toBe(403)
})
