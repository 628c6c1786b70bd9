/** A request as an API's front sees it, whether it came through the edge or not. */
export type ApiRequest = {
  method: string
  /** Still percent-encoded, without the query. */
  path: string
  /** Without the question mark. */
  query: string
  /** In the order and the spelling in which they came. */
  headers: [name: string, value: string][]
  sourceIp: string
}

/** What goes back to the viewer. */
export type ApiResponse = { status: number; headers: [name: string, value: string][]; body: Buffer | string }

/** Header pairs of a request, from Node's flat list. */
export const headerPairs = (rawHeaders: string[]): [string, string][] =>
  rawHeaders.flatMap((name, index) =>
    index % 2 === 0 ? [[name, rawHeaders[index + 1] ?? ''] as [string, string]] : [],
  )

export const headerOf = (headers: [string, string][], name: string): string | undefined =>
  headers.find(([each]) => each.toLowerCase() === name.toLowerCase())?.[1]

/** All values of each name, in order of appearance. */
export const groupValues = (pairs: Iterable<[string, string]>): Map<string, string[]> => {
  const groups = new Map<string, string[]>()
  for (const [name, value] of pairs) groups.set(name, [...(groups.get(name) ?? []), value])
  return groups
}

export const splitTarget = (url: string): { path: string; query: string } => {
  const mark = url.indexOf('?')
  return mark === -1 ? { path: url, query: '' } : { path: url.slice(0, mark), query: url.slice(mark + 1) }
}

/** Undefined where it is no text that was percent-encoded. */
export const decoded = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

export const jsonResponse = (status: number, body: unknown): ApiResponse => ({
  status,
  headers: [['content-type', 'application/json']],
  body: JSON.stringify(body),
})
