import { isFree } from '../domain/free-name.ts'
import { isWishOver } from '../domain/membership.ts'
import { memberOf } from '../table/members.ts'
import { freeNameOf, holdersOfName } from '../table/names.ts'

type Wanting = { code: string; userId: string; wanted: string; now: number }

/**
 * The forms of names that others hold, for somebody who wants a name. A wish to enter that is over keeps its name until
 * somebody wants that name. It is freed here.
 * @param taken the forms, as they were read
 */
export const namesTaken = async (
  { code, userId, wanted, now }: Wanting,
  taken: ReadonlySet<string>,
): Promise<ReadonlySet<string>> => {
  if (isFree(wanted, taken)) return taken
  const freed = new Set<string>()
  for (const id of await holdersOfName(code, wanted, userId)) {
    const holder = await memberOf(code, id)
    if (isWishOver(holder, now)) for (const form of await freeNameOf(code, holder)) freed.add(form)
  }
  return new Set([...taken].filter((form) => !freed.has(form)))
}
