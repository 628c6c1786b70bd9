/** How an address is served: as good hosts do, but for what is said here. Segments of a stream inherit it. */
export type Manner = {
  /** False: every request for a part is answered with the whole, as by hosts that know no ranges. */
  ranges?: boolean
  /** False: the answer does not say how long it is. */
  length?: boolean
  /** False: pages of other origins may not read it. */
  cors?: boolean
  /** Of each connection. */
  bytesPerSecond?: number
  /** The connection is cut after so many bytes of the body. */
  cutAfterBytes?: number
  /** The request is taken and never answered. */
  hangs?: boolean
  /** Another status than 200, without the file. */
  status?: number
  /** Another content type than the file's own. */
  type?: string
  /** A web page in place of the file, as where one has to sign in. */
  page?: boolean
  /** Leads to the same address without a manner. */
  redirects?: boolean
}

const PLAIN = 'plain'

/** @example mannerToPath({ ranges: false, bytesPerSecond: 4200 }) === 'ranges=false&bytesPerSecond=4200' */
export const mannerToPath = (manner: Manner): string => {
  const fields = Object.entries(manner).map(([name, value]): [string, string] => [name, String(value)])
  return fields.length === 0 ? PLAIN : new URLSearchParams(fields).toString()
}

export const mannerOfPath = (path: string): Manner => {
  const fields = new URLSearchParams(path === PLAIN ? '' : path)
  const read = (text: string): unknown => (/^(\d+|true|false)$/.test(text) ? JSON.parse(text) : text)
  return Object.fromEntries([...fields].map(([name, text]) => [name, read(text)]))
}
