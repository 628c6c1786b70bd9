import * as z from 'zod'
import { change } from './change.ts'
import type { Item } from './client.ts'
import { revisionKey } from './keys.ts'

/**
 * The parts of a room that change with its people. Each counts its changes in an item of its own, because they are too
 * many for the room's row. The revision of the facts is in the row, with what it counts.
 */
export type CountedPart = 'people' | 'waiting'

const RevisionItem = z.object({ revision: z.number() })

/** How often the part has changed; 0 where its item is missing, as in every room of 0.1.0. */
export const revisionFrom = (item: Item | undefined): number =>
  item === undefined ? 0 : RevisionItem.parse(item).revision

/** Counts one more change. Call it after the row is changed and before anybody is told. */
export const raiseRevision = async (code: string, part: CountedPart): Promise<number> => {
  const result = await change(revisionKey(code, part), { add: { revision: 1 } }, 'ALL_NEW')
  return revisionFrom(result.item)
}
