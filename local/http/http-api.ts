import type { Invocations } from '../lambda/invocations.ts'
import type { Api } from '../template/apis.ts'
import { preflight, withCors } from './cors.ts'
import { httpEvent, httpResponse } from './payload.ts'
import { type ApiRequest, type ApiResponse, jsonResponse } from './request.ts'
import { selectRoute } from './routing.ts'

/** API Gateway's HTTP API: route, invoke, answer. A body that is undefined was too large. */
export const createHttpApi = (api: Api, invocations: Invocations) => {
  const guarded = api.routes.find((route) => route.authorizer !== undefined)
  if (guarded !== undefined) throw new Error(`The local runtime knows no authorizers on HTTP routes (${guarded.key}).`)

  const answer = async (request: ApiRequest, body: Buffer | undefined): Promise<ApiResponse> => {
    const match = selectRoute(api.routes, request.method, request.path)
    if (match === undefined) return jsonResponse(404, { message: 'Not Found' })
    if (body === undefined) return jsonResponse(413, { message: 'Request Entity Too Large' })
    const outcome = await invocations.call(match.route.functionName, httpEvent(api, request, body, match))
    const response = outcome.ok ? httpResponse(outcome.result) : undefined
    return response ?? jsonResponse(500, { message: 'Internal Server Error' })
  }
  return async (request: ApiRequest, body: Buffer | undefined): Promise<ApiResponse> => {
    if (api.cors === undefined) return answer(request, body)
    return preflight(api.cors, request) ?? withCors(api.cors, request, await answer(request, body))
  }
}
