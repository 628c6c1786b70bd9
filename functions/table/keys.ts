/** Every key of both tables. Nothing outside this folder sees one. */
const ROOM = 'ROOM#'
const USER = 'USER#'
const AUDIT = 'AUDIT#'
/** In the place of a room's code: no code has small letters. */
const SERVICE = 'service'

export const roomKey = (code: string) => ({ pk: `${ROOM}${code}`, sk: 'META' })
/** The code in the partition key of a room. */
export const codeOfRoomKey = (pk: string): string => pk.slice(ROOM.length)
export const memberKey = (code: string, userId: string) => ({ pk: `${ROOM}${code}`, sk: `MEMBER#${userId}` })
export const nameKey = (code: string, folded: string) => ({ pk: `${ROOM}${code}`, sk: `NAME#${folded}` })
export const messageKey = (code: string, id: string) => ({ pk: `CHAT#${code}`, sk: id })
/** What somebody who was banned left behind: a salted hash of their network or browser. */
export const traceKey = (code: string, trace: string) => ({ pk: `${ROOM}${code}`, sk: `TRACE#${trace}` })
/** What was decided in a room has a partition of its own, as its messages have. */
export const decisionKey = (code: string | undefined, id: string) => ({ pk: `${AUDIT}${code ?? SERVICE}`, sk: id })
/** The code of the room that a decision was about; undefined where it was the service. */
export const roomOfDecision = (pk: string): string | undefined => {
  const code = pk.slice(AUDIT.length)
  return code === SERVICE ? undefined : code
}
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
/** What everybody may know of the service, as an item of its own. */
export const serviceKey = { pk: 'SERVICE', sk: 'STATE' }
/** The accounts that have the flag. */
export const adminsKey = { pk: 'SERVICE', sk: 'ADMINS' }
/** A network that the service refuses, under a salted hash of it. */
export const bannedNetworkKey = (trace: string) => ({ pk: 'BANNED', sk: trace })
/** That a room was made: by this item the directory has rooms in the order of their age. */
export const createdKey = (code: string) => ({ pk: `${ROOM}${code}`, sk: 'CREATED' })
export const emailKey = (folded: string) => ({ pk: `EMAIL#${folded}`, sk: 'EMAIL' })
export const revokedKey = (tokenId: string) => ({ pk: `TOKEN#${tokenId}`, sk: 'REVOKED' })
export const presenceKey = (code: string, userId: string) => ({ pk: `${ROOM}${code}`, sk: `${USER}${userId}` })

/** Attribute of a presence item that holds one connection. */
export const connectionAttribute = (connectionId: string) => `c#${connectionId}`

/** Partitions of the activity index: a few of each kind, so that busy rooms do not meet in one. */
const SHARDS = 4
const spread = (id: string): number => [...id].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % SHARDS
const padded = (time: number): string => String(time).padStart(15, '0')
const LISTED = 'PUBLIC#'
const UNLISTED = 'PRIVATE#'
const kindOf = (isListed: boolean) => (isListed ? LISTED : UNLISTED)
/** Unlisted public rooms stand with the private ones: the sweep finds them, and no public list does. */
export const listingOf = (code: string, isListed: boolean) => `${kindOf(isListed)}${spread(code)}`
export const listings = (isListed: boolean) =>
  Array.from({ length: SHARDS }, (_, shard) => `${kindOf(isListed)}${shard}`)
export const isListing = (listing: string | undefined): boolean => listing?.startsWith(LISTED) ?? false

/** The listing of ended rooms whose members and messages are still to be deleted. */
export const ENDED = 'ENDED'

/** Partitions of the directory: a few for each kind of what many write, a month for decisions. */
const shelvesOf = (kind: string) => Array.from({ length: SHARDS }, (_, shard) => `${kind}#${shard}`)
export const peopleShelves = shelvesOf('PEOPLE')
export const nameShelves = shelvesOf('NAMES')
export const ageShelves = shelvesOf('AGES')
export const decisionShelf = (time: number): string =>
  `AUDIT#${new Date(time).toISOString().slice(0, 'yyyy-mm'.length)}`

/** A person's place in the directory: by name. */
export const personPlace = (id: string, foldedName: string) => ({
  shelf: `PEOPLE#${spread(id)}`,
  place: `${foldedName}#${id}`,
})
/** A room's place by name. */
export const namePlace = (code: string, foldedName: string) => ({
  shelf: `NAMES#${spread(code)}`,
  place: `${foldedName}#${code}`,
})
/** A room's place by age. */
export const agePlace = (code: string, createdAt: number) => ({
  shelf: `AGES#${spread(code)}`,
  place: `${padded(createdAt)}#${code}`,
})
/** What a place in the directory leads to: ids and codes have no such sign. */
export const namedByPlace = (place: string): string => place.slice(place.lastIndexOf('#') + 1)

/** Sort key of the activity index: the bucket's instant, padded, then the code, so that no two rooms share one. */
export const activeOf = (bucket: number, code: string) => `${padded(bucket)}#${code}`
