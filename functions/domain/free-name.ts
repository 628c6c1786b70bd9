import type { Member } from './membership.ts'
import { formsOf } from './skeleton.ts'

/**
 * A name that nobody in the room has, nor one that looks like it: the wanted one, or with the next free number.
 * @param taken the forms of names in the room
 * @param attempt grows when somebody else took the choice in the meantime: then the number is drawn further out, so that many of one name do not meet again
 */
export const freeName = (wanted: string, taken: ReadonlySet<string>, attempt: number, random: () => number): string => {
  const isTaken = (name: string) => formsOf(name).some((form) => taken.has(form))
  if (!isTaken(wanted)) return wanted
  let suffix = 2
  while (isTaken(`${wanted} ${suffix}`)) suffix += 1
  return `${wanted} ${suffix + Math.floor(random() * (2 ** attempt - 1))}`
}

/** The name for a member who wants another one. Who has a number behind it keeps that, while the name itself is taken. */
export const nextName = (
  { name }: Pick<Member, 'name'>,
  wanted: string,
  taken: ReadonlySet<string>,
  attempt: number,
  random: () => number,
): string => {
  const free = freeName(wanted, taken, attempt, random)
  const isNumbered = name.startsWith(`${wanted} `) && /^\d+$/.test(name.slice(wanted.length + 1))
  return free !== wanted && isNumbered && freeName(name, taken, 0, random) === name ? name : free
}
