import type { ApiRequest, ApiResponse } from '../http/request.ts'
import type { Behavior, Distribution } from '../template/edge.ts'
import { matchesWildcard } from '../template/wildcard.ts'
import { createEdgeCache } from './edge-cache.ts'
import { createEdgeFunction } from './edge-function.ts'
import { withResponseHeaders } from './response-headers.ts'

/** An address from CloudFront's range: behind the edge, an API's caller is an edge server, never the viewer. */
const EDGE_ADDRESS = '130.176.0.1'

/** Where a request goes on to; or the answer that the edge itself gives. */
export type Passage =
  | { domain: string; request: ApiRequest; finish(response: ApiResponse): ApiResponse }
  | { response: ApiResponse }

// The leading slash of a path pattern is optional.
const takes = (behavior: Behavior, path: string): boolean =>
  matchesWildcard(behavior.pattern.replace(/^(?![/*])/, '/'), path)

/** What CloudFront adds for the origin, and what of the viewer it lets through. */
const forOrigin = (behavior: Behavior, request: ApiRequest): ApiRequest => {
  const { origin, forwardsViewer } = behavior
  const own = origin.OriginCustomHeaders.map((each): [string, string] => [each.HeaderName, each.HeaderValue])
  const replaced = new Set(['host', 'x-forwarded-for', ...own.map(([name]) => name.toLowerCase())])
  const forwardedFor = request.headers
    .filter(([name]) => name.toLowerCase() === 'x-forwarded-for')
    .map(([, value]) => value)
  return {
    ...request,
    query: forwardsViewer ? request.query : '',
    headers: [
      ...(forwardsViewer ? request.headers.filter(([name]) => !replaced.has(name.toLowerCase())) : []),
      ['x-forwarded-for', [...forwardedFor, request.sourceIp].join(', ')],
      ['via', '1.1 local.cloudfront.net (CloudFront)'],
      ...own,
    ],
    sourceIp: EDGE_ADDRESS,
  }
}

/** CloudFront: picks the behavior by path, runs its function, and says which origin gets what. */
export const createEdge = (distribution: Distribution, log: (line: string) => void) => {
  const behaviors = distribution.behaviors.map((behavior) => ({
    behavior,
    cache: behavior.cache && createEdgeCache(behavior.cache),
    run: behavior.functionCode === undefined ? undefined : createEdgeFunction(behavior.functionCode, log),
  }))
  return async (viewer: ApiRequest): Promise<Passage> => {
    const chosen = behaviors.find(({ behavior }) => takes(behavior, viewer.path))
    if (chosen === undefined) throw new Error(`No behavior takes ${viewer.path}.`)
    const { behavior, cache, run } = chosen
    const finish = (response: ApiResponse) => withResponseHeaders(behavior.responseHeaders, response)
    if (!behavior.allowedMethods.includes(viewer.method)) {
      const body =
        'This distribution is not configured to allow the HTTP request method that was used for this request.'
      return { response: finish({ status: 403, headers: [['content-type', 'text/plain']], body }) }
    }
    const outcome = run === undefined ? { request: viewer } : await run(viewer)
    if ('response' in outcome) return { response: finish(outcome.response) }
    const kept = cache?.find(outcome.request)
    if (kept !== undefined) return { response: finish(kept) }
    const root = distribution.defaultRootObject
    const path = outcome.request.path === '/' && root !== '' ? `/${root}` : outcome.request.path
    // A bucket looks at conditions and ranges whatever the request policy says: CloudFront answers those itself.
    const isBucket = behavior.origin.DomainName.includes('.s3.')
    const request = isBucket ? outcome.request : forOrigin(behavior, outcome.request)
    const keepAndFinish = (response: ApiResponse) => {
      cache?.keep(outcome.request, response)
      return finish(response)
    }
    return { domain: behavior.origin.DomainName, request: { ...request, path }, finish: keepAndFinish }
  }
}
