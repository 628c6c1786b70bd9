import type { Route } from '../template/apis.ts'

export type RouteMatch = { route: Route; pathParameters: Record<string, string> | undefined }

const LITERAL = 0
const PARAMETER = 1
const GREEDY = 2

/** What a path template says about a path: its parameters, and how specific each of its segments is. */
const matchPath = (template: string, path: string) => {
  const wanted = template.split('/').slice(1)
  const given = path.split('/').slice(1)
  const parameters: Record<string, string> = {}
  const ranks: number[] = []
  for (const [index, segment] of wanted.entries()) {
    const value = given[index]
    if (value === undefined) return undefined
    const greedy = /^\{(.+)\+\}$/.exec(segment)?.[1]
    if (greedy !== undefined) {
      const rest = given.slice(index).join('/')
      if (rest === '') return undefined
      parameters[greedy] = rest
      return { parameters, ranks: [...ranks, GREEDY] }
    }
    const name = /^\{(.+)\}$/.exec(segment)?.[1]
    if (name === undefined && segment !== value) return undefined
    // A trailing slash is an empty segment, which no parameter matches.
    if (name !== undefined && value === '') return undefined
    if (name !== undefined) parameters[name] = value
    ranks.push(name === undefined ? LITERAL : PARAMETER)
  }
  return given.length === wanted.length ? { parameters, ranks } : undefined
}

/** API Gateway's choice: the most specific path that takes the method, a named method before ANY, $default last. */
export const selectRoute = (routes: Route[], method: string, path: string): RouteMatch | undefined => {
  const candidates = routes.flatMap((route) => {
    const [routeMethod = '', template] = route.key.split(' ')
    if (template === undefined || (routeMethod !== 'ANY' && routeMethod !== method)) return []
    const match = matchPath(template, path)
    if (match === undefined) return []
    // The method decides only between equal paths.
    const order = [...match.ranks, routeMethod === 'ANY' ? 1 : 0].join('')
    return [{ route, order, parameters: match.parameters }]
  })
  const [best] = candidates.sort((a, b) => (a.order < b.order ? -1 : 1))
  if (best !== undefined) {
    const hasParameters = Object.keys(best.parameters).length > 0
    return { route: best.route, pathParameters: hasParameters ? best.parameters : undefined }
  }
  const fallback = routes.find((route) => route.key === '$default')
  return fallback && { route: fallback, pathParameters: undefined }
}
