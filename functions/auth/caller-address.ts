import { createHash, timingSafeEqual } from 'node:crypto'
import { addressIn } from '../domain/address.ts'
import { EDGE_HEADER, VIEWER_HEADER } from './edge-headers.ts'
import { versionsOf } from './secret-versions.ts'

/** What a gateway says of a call. Behind the edge `sourceIp` is the address of an edge server. */
export type Arrived = { headers: Record<string, string | undefined>; sourceIp: string }

export type EdgeSettings = { EDGE_SECRET_ARN: string }

/** The WebSocket API passes on names of headers in whatever case they came. */
const headerOf = (headers: Arrived['headers'], name: string): string | undefined =>
  Object.entries(headers).find(([each]) => each.toLowerCase() === name)?.[1]

const digest = (value: string | Uint8Array): Buffer => createHash('sha256').update(value).digest()

/** Of one length, so that the time of the comparison tells nothing. */
const isOneOf = (given: string, values: readonly Uint8Array[]): boolean => {
  const asked = digest(given)
  return values.filter((value) => timingSafeEqual(asked, digest(value))).length > 0
}

/** Until the edge is deployed anew, it sends the version before a rotation. */
const cameThroughEdge = async (given: string | undefined, now: number, edge: EdgeSettings): Promise<boolean> => {
  if (given === undefined) return false
  const versions = await versionsOf(edge.EDGE_SECRET_ARN, now)
  return isOneOf(
    given,
    versions.map(({ value }) => value),
  )
}

/**
 * The address that a call comes from. The edge's word counts where the edge has proved itself by its secret; otherwise it
 * is the address that the gateway saw. What else a client says of its address is not looked at.
 */
export const callerAddress = async (
  { headers, sourceIp }: Arrived,
  now: number,
  edge: EdgeSettings,
): Promise<string> => {
  const said = addressIn(headerOf(headers, VIEWER_HEADER) ?? '')
  const isTrusted = said !== undefined && (await cameThroughEdge(headerOf(headers, EDGE_HEADER), now, edge))
  return isTrusted ? said : (addressIn(sourceIp) ?? sourceIp)
}
