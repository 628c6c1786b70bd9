import * as z from 'zod'
import { MAX_FOLDED_NAME_BYTES } from '../../protocol/limits.ts'
import { allOf } from './all-of.ts'
import { coreTableName, queryAll } from './client.ts'
import { ageShelves, namedByPlace, nameShelves, peopleShelves } from './keys.ts'
import { coreTable } from './schema.ts'

// The directory is an index: it lags a little, and what it names is read again from the table before it is shown.

/** What stands at a place: the id of a person or the code of a room. */
export type Found = { named: string; place: string }

const PlaceItem = z.object({ place: z.string(), pk: z.string(), sk: z.string() })
/** A place, and the key of the item that stands there. */
export type Placed = z.infer<typeof PlaceItem>
/** Sorts after every text that begins alike: keys are ordered by their bytes. */
const LAST = '\u{10ffff}'
const byBytes = (one: string, other: string): number => Buffer.compare(Buffer.from(one), Buffer.from(other))

type Span = { from: string; to: string; limit: number; isBackwards?: boolean }

/** Places between two, both included, in one shelf. */
export const placesIn = async (shelf: string, { from, to, limit, isBackwards = false }: Span): Promise<Placed[]> => {
  // DynamoDB refuses a range that ends before it begins.
  if (byBytes(from, to) > 0) return []
  const { name } = coreTable.indexes.directory
  const items = await queryAll(
    {
      TableName: coreTableName(),
      IndexName: name,
      KeyConditionExpression: 'shelf = :shelf AND place BETWEEN :from AND :to',
      ExpressionAttributeValues: { ':shelf': shelf, ':from': from, ':to': to },
      ScanIndexForward: !isBackwards,
    },
    limit,
  )
  return items.map((item) => PlaceItem.parse(item))
}

/** The same over several shelves, merged: at most `limit`, without the place that a page ended with. */
const placesOver = async (shelves: readonly string[], span: Span, ended: string | undefined): Promise<Found[]> => {
  const found = await allOf(shelves.map((shelf) => placesIn(shelf, { ...span, limit: span.limit + 1 })))
  return found
    .flat()
    .map(({ place }) => place)
    .filter((place) => place !== ended)
    .sort((one, other) => (span.isBackwards ? byBytes(other, one) : byBytes(one, other)))
    .slice(0, span.limit)
    .map((place) => ({ named: namedByPlace(place), place }))
}

/** No name is longer, and DynamoDB takes no longer key. */
const isPossible = (folded: string): boolean => Buffer.byteLength(folded) <= MAX_FOLDED_NAME_BYTES

const beginning = async (shelves: readonly string[], folded: string, limit: number, after: string | undefined) =>
  isPossible(folded) ? placesOver(shelves, { from: after ?? (folded || '!'), to: folded + LAST, limit }, after) : []

/** Ids of people whose folded name begins so, by name; those after a place only. */
export const peopleNamed = (folded: string, limit: number, after?: string): Promise<Found[]> =>
  beginning(peopleShelves, folded, limit, after)

/** Codes of rooms whose folded name begins so, by name, ended ones included; those after a place only. */
export const roomsNamed = (folded: string, limit: number, after?: string): Promise<Found[]> =>
  beginning(nameShelves, folded, limit, after)

/** Codes of all rooms, the youngest first, ended ones included; those before a place only. */
export const roomsByAge = (limit: number, before?: string): Promise<Found[]> =>
  placesOver(ageShelves, { from: '0', to: before ?? LAST, limit, isBackwards: true }, before)
