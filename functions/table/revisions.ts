import * as z from 'zod'
import { change } from './change.ts'
import { type Item, itemAt, itemsTogether } from './client.ts'
import { all, type Expression, either, equals, isAtMost, isBelow, isMissing } from './conditions.ts'
import { revisionKey } from './keys.ts'

/**
 * The parts of a room that change with its people. Each counts its changes in an item of its own, because they are too
 * many for the room's row. The revision of the facts is in the row, with what it counts.
 */
export type CountedPart = 'people' | 'waiting'

const RevisionItem = z.object({
  revision: z.number().default(0),
  looked_at: z.number().default(0),
  left_at: z.number().default(0),
  emptied_at: z.number().default(0),
})
/**
 * How often a part has changed and, for the people, when somebody last looked for those who are gone, when the last one
 * left who was there until then, and when that left nobody there.
 */
export type Counted = z.infer<typeof RevisionItem>

/** The newest message of the room; null before there is one, and where functions of 0.1.0 saved it. */
export const newestFrom = (item: Item | undefined): string | null =>
  z.object({ newest: z.string().nullable().default(null) }).parse(item ?? {}).newest

/** Notes that a message is the newest, unless a newer one was noted: one that is saved late comes before others. */
export const noteNewest = async (code: string, id: string): Promise<void> => {
  const isNewer = either(isMissing('newest'), isBelow('newest', id))
  await change(revisionKey(code, 'chat'), { set: { newest: id }, when: isNewer })
}

const ToldItem = z.object({ version: z.number().default(0), facts: z.number().default(0) })
/**
 * The version of the playback, and the revision of the facts, up to which everybody who was there was told of every
 * change. 0 before the first; for the facts also in rooms of older versions.
 */
export type ToldSoFar = z.infer<typeof ToldItem>

const isNext = (part: keyof ToldSoFar, revision: number): Expression =>
  revision === 1 ? either(isMissing(part), equals(part, 0)) : equals(part, revision - 1)

/**
 * Notes that everybody was told of a change, if the one before it was noted. Two changes that crossed may have arrived
 * in either order, so the later one is not noted while posts of the earlier one may be under way.
 */
export const noteChangeTold = async (code: string, told: Partial<ToldSoFar>): Promise<void> => {
  const { version, facts } = told
  const followsOn = all(
    ...(version === undefined ? [] : [isNext('version', version)]),
    ...(facts === undefined ? [] : [isNext('facts', facts)]),
  )
  await change(revisionKey(code, 'told'), { set: told, when: followsOn })
}

/**
 * Notes that everybody was told where the room is. It is for the look alone: by then whatever was posted before has
 * arrived, or will not.
 */
export const noteAllTold = async (code: string, told: Partial<ToldSoFar>): Promise<void> => {
  await change(revisionKey(code, 'told'), { set: told })
}

export const toldSoFar = async (code: string): Promise<ToldSoFar> => {
  const [item] = await itemsTogether([revisionKey(code, 'told')])
  return ToldItem.parse(item ?? {})
}

/** What an item says; zeros where it is missing, as in every room of 0.1.0. */
export const countedFrom = (item: Item | undefined): Counted => RevisionItem.parse(item ?? {})

/** Counts one more change, or several. Call it after the rows are changed and before anybody is told. */
export const raiseRevision = async (code: string, part: CountedPart, by = 1): Promise<number> => {
  const result = await change(revisionKey(code, part), { add: { revision: by } }, 'ALL_NEW')
  return countedFrom(result.item).revision
}

/**
 * Notes that somebody left who was there until `at`, and whether nobody is there since. Of several the latest counts.
 */
export const noteLastLeave = async (code: string, at: number, isEmpty: boolean): Promise<void> => {
  await change(revisionKey(code, 'people'), {
    set: { left_at: at, ...(isEmpty && { emptied_at: at }) },
    when: either(isMissing('left_at'), isAtMost('left_at', at)),
  })
}

/** Both are 0 where nobody has left so, or only by functions of older versions. */
export const lastLeaveIn = async (code: string): Promise<Pick<Counted, 'left_at' | 'emptied_at'>> =>
  countedFrom(await itemAt(revisionKey(code, 'people')))

/** Claims looking for sockets that are over: true for one of those who ask, once in `every` milliseconds. */
export const claimLook = async (code: string, now: number, every: number): Promise<boolean> => {
  const isDue = either(isMissing('looked_at'), isAtMost('looked_at', now - every))
  return (await change(revisionKey(code, 'people'), { set: { looked_at: now }, when: isDue })).done
}
