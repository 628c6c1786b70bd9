import type { Route } from '../template/apis.ts'

const bodyAt = (body: string, path: string[]): unknown => {
  let value: unknown
  try {
    value = JSON.parse(body)
  } catch {
    return undefined
  }
  for (const name of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
    value = (value as Record<string, unknown>)[name]
  }
  return value
}

/**
 * Reads a route selection expression, `$request.body.x` or `${request.body.x}`. The selector gives the route whose key
 * the body names, else $default. "$connect" and "$disconnect" are keys like any other. It is unsure whether AWS lets a
 * frame name them, so handlers have to survive it.
 */
export const createRouteSelector = (expression: string, routes: Route[]): ((body: string) => Route | undefined) => {
  const path = /^\$(\{)?request\.body\.([\w.]+)\}?$/.exec(expression)?.[2]?.split('.')
  if (path === undefined)
    throw new Error(`The local runtime does not know the route selection expression ${expression}.`)
  const byKey = new Map(routes.map((route) => [route.key, route]))
  return (body) => {
    const key = bodyAt(body, path)
    return (typeof key === 'string' ? byKey.get(key) : undefined) ?? byKey.get('$default')
  }
}
