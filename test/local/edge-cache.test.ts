import { expect, test } from 'vitest'
import { startTiny } from './tiny-runtime.ts'

const policy = {
  Type: 'AWS::CloudFront::CachePolicy',
  Properties: {
    CachePolicyConfig: {
      MinTTL: 0,
      DefaultTTL: 0,
      MaxTTL: 5,
      ParametersInCacheKeyAndForwardedToOrigin: {
        QueryStringsConfig: { QueryStringBehavior: 'whitelist', QueryStrings: ['cursor'] },
        HeadersConfig: { HeaderBehavior: 'whitelist', Headers: ['Origin'] },
      },
    },
  },
}

/** A tiny stack whose API's answers are kept, and how often they were asked for at the API. */
const startCached = async (cacheControl: string | undefined, statusCode = 200) => {
  let asked = 0
  const { runtime } = await startTiny({
    handlers: {
      Http: () => {
        asked += 1
        const headers = cacheControl === undefined ? {} : { 'cache-control': cacheControl }
        return { statusCode, headers, body: `answer ${asked}` }
      },
    },
    edit: {
      Kept5: policy,
      'Edge.Properties.DistributionConfig.CacheBehaviors.0.CachePolicyId': { Ref: 'Kept5' },
    },
  })
  const ask = async (path: string, init: RequestInit = {}) => {
    const response = await fetch(`${runtime.url}/api/${path}`, init)
    return [await response.text(), response.headers.get('x-cache')]
  }
  return { ask }
}
const HIT = 'Hit from cloudfront'

test('an answer that its origin lets anybody keep serves the next caller', async () => {
  const { ask } = await startCached('public, max-age=5')
  expect(await ask('list')).toEqual(['answer 1', null])
  expect(await ask('list')).toEqual(['answer 1', HIT])
})

test('path, named query fields and named headers tell answers apart, and nothing else does', async () => {
  const { ask } = await startCached('public, max-age=5')
  await ask('list')
  expect(await ask('list?cursor=a')).toEqual(['answer 2', null])
  expect(await ask('list', { headers: { origin: 'https://a.example' } })).toEqual(['answer 3', null])
  expect(await ask('other')).toEqual(['answer 4', null])
  expect(await ask('list?noise=1', { headers: { authorization: 'Bearer t' } })).toEqual(['answer 1', HIT])
})

test('a second is a second', async () => {
  const { ask } = await startCached('public, max-age=1')
  await ask('list')
  await expect.poll(async () => (await ask('list'))[0], { timeout: 5000 }).toBe('answer 2')
})

test.each([
  ['an answer that may not be stored', 'no-store', 200, 'GET'],
  ['one of somebody’s own', 'private, max-age=5', 200, 'GET'],
  ['one that says nothing', undefined, 200, 'GET'],
  ['a refusal', 'public, max-age=5', 404, 'GET'],
  ['what was posted', 'public, max-age=5', 200, 'POST'],
])('%s is not kept', async (_, cacheControl, status, method) => {
  const { ask } = await startCached(cacheControl, status)
  await ask('list', { method })
  expect(await ask('list', { method })).toEqual(['answer 2', null])
})
