/** Every key of both tables. Nothing outside this folder sees one. */
const ROOM = 'ROOM#'
const USER = 'USER#'

export const roomKey = (code: string) => ({ pk: `${ROOM}${code}`, sk: 'META' })
/** The code in the partition key of a room. */
export const codeOfRoomKey = (pk: string): string => pk.slice(ROOM.length)
export const memberKey = (code: string, userId: string) => ({ pk: `${ROOM}${code}`, sk: `MEMBER#${userId}` })
export const nameKey = (code: string, folded: string) => ({ pk: `${ROOM}${code}`, sk: `NAME#${folded}` })
export const messageKey = (code: string, id: string) => ({ pk: `CHAT#${code}`, sk: id })
/** What somebody who was banned left behind: a salted hash of their network or browser. */
export const traceKey = (code: string, trace: string) => ({ pk: `${ROOM}${code}`, sk: `TRACE#${trace}` })
/** What was decided in a room has a partition of its own, as its messages have. */
export const decisionKey = (code: string, id: string) => ({ pk: `AUDIT#${code}`, sk: id })
/** Of a message that was removed, under an id of the removal's own. */
export const removalKey = (code: string, id: string) => ({ pk: `REMOVED#${code}`, sk: id })
/** The budget that the messages of all who came lately share. */
export const newcomersKey = (code: string) => ({ pk: `${ROOM}${code}`, sk: 'BUDGET#newcomers' })
/** Where the changes of a part of the room are counted: functions/table/revisions.ts. */
export const revisionKey = (code: string, part: string) => ({ pk: `${ROOM}${code}`, sk: `REVISION#${part}` })
export const userKey = (userId: string) => ({ pk: `${USER}${userId}`, sk: 'PROFILE' })
export const userRoomKey = (userId: string, code: string) => ({ pk: `${USER}${userId}`, sk: `${ROOM}${code}` })
/** A room in which somebody was, or to which they asked to be let in. */
export const pastRoomKey = (userId: string, code: string) => ({ pk: `${USER}${userId}`, sk: `PAST#${code}` })
/** An account that is gone, and whose name is still to be erased. */
export const erasingKey = (userId: string) => ({ pk: 'ERASING', sk: userId })
/** What happened in five minutes: a partition for each day, so that an hour, a day or a month is a few Queries. */
export const statsKey = (time: number, shard: number) => {
  const [day = '', clock = ''] = new Date(time).toISOString().split('T')
  return { pk: `STATS#${day}`, sk: `${clock.slice(0, 'hh:mm'.length)}#${shard}` }
}
export const emailKey = (folded: string) => ({ pk: `EMAIL#${folded}`, sk: 'EMAIL' })
export const revokedKey = (tokenId: string) => ({ pk: `TOKEN#${tokenId}`, sk: 'REVOKED' })
export const presenceKey = (code: string, userId: string) => ({ pk: `${ROOM}${code}`, sk: `${USER}${userId}` })

/** Attribute of a presence item that holds one connection. */
export const connectionAttribute = (connectionId: string) => `c#${connectionId}`

/** Partitions of the activity index: a few of each kind, so that busy rooms do not meet in one. */
const SHARDS = 4
const shardOf = (code: string): number => [...code].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % SHARDS
const LISTED = 'PUBLIC#'
const UNLISTED = 'PRIVATE#'
const kindOf = (isListed: boolean) => (isListed ? LISTED : UNLISTED)
/** Unlisted public rooms stand with the private ones: the sweep finds them, and no public list does. */
export const listingOf = (code: string, isListed: boolean) => `${kindOf(isListed)}${shardOf(code)}`
export const listings = (isListed: boolean) =>
  Array.from({ length: SHARDS }, (_, shard) => `${kindOf(isListed)}${shard}`)
export const isListing = (listing: string | undefined): boolean => listing?.startsWith(LISTED) ?? false

/** The listing of ended rooms whose members and messages are still to be deleted. */
export const ENDED = 'ENDED'

/** Sort key of the activity index: the bucket's instant, padded, then the code, so that no two rooms share one. */
export const activeOf = (bucket: number, code: string) => `${String(bucket).padStart(15, '0')}#${code}`
