import type { Member } from './membership.ts'
import { formsOf } from './skeleton.ts'

/** Many people may take one name at once. Each attempt fails for all but the one who takes it first. */
export const NAME_TRIES = 8

/** @param taken the forms of names in the room */
export const isFree = (name: string, taken: ReadonlySet<string>): boolean =>
  !formsOf(name).some((form) => taken.has(form))

/**
 * A name that nobody in the room has, and that looks like nobody's: the wanted one, or the wanted one with the next
 * free number.
 * @param taken the forms of names in the room
 * @param attempt grows when somebody else took the choice in the meantime. The number is then drawn from further out,
 * so that many of one name do not meet again.
 */
export const freeName = (wanted: string, taken: ReadonlySet<string>, attempt: number, random: () => number): string => {
  if (isFree(wanted, taken)) return wanted
  let suffix = 2
  while (!isFree(`${wanted} ${suffix}`, taken)) suffix += 1
  return `${wanted} ${suffix + Math.floor(random() * (2 ** attempt - 1))}`
}

/**
 * The name for a member who wants another one. A member who has the wanted name with a number keeps it, while the name
 * itself is taken.
 */
export const nextName = (
  { name }: Pick<Member, 'name'>,
  wanted: string,
  taken: ReadonlySet<string>,
  attempt: number,
  random: () => number,
): string => {
  const free = freeName(wanted, taken, attempt, random)
  const isNumbered = name.startsWith(`${wanted} `) && /^\d+$/.test(name.slice(wanted.length + 1))
  return free !== wanted && isNumbered && isFree(name, taken) ? name : free
}
