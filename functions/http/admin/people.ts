import { ADMIN_ROWS_PER_PAGE } from '../../../protocol/limits.ts'
import { foldName } from '../../../protocol/text.ts'
import { serve } from '../../middleware/route.ts'
import { allOf } from '../../table/all-of.ts'
import { peopleNamed } from '../../table/directory.ts'
import { userByEmail, userById, usersByIds } from '../../table/users.ts'
import { decodeCursor, encodeCursor, ID_PLACE } from '../cursor.ts'
import { shownPerson } from './shown-person.ts'

const PLACE = /^.*#[\w-]{1,64}$/su

/** Somebody whose whole id or e-mail address was typed. */
const named = async (search: string, now: number) => {
  const [byId, byEmail] = await allOf([
    ID_PLACE.test(search) ? userById(search, now) : undefined,
    search.includes('@') ? userByEmail(search, now) : undefined,
  ])
  return byId ?? byEmail
}

export const people = serve('admin/people', {
  act: async ({ input, now }) => {
    const search = (input.search ?? '').trim()
    const after = decodeCursor(input.cursor, PLACE)
    const person = after === undefined ? await named(search, now) : undefined
    if (person !== undefined) return { people: [shownPerson(person)], next: null }
    const found = await peopleNamed(foldName(search).trim(), ADMIN_ROWS_PER_PAGE + 1, after)
    const page = found.slice(0, ADMIN_ROWS_PER_PAGE)
    const users = await usersByIds(
      page.map(({ named: id }) => id),
      now,
    )
    const last = page.at(-1)
    return {
      people: users.filter((user) => user !== undefined).map(shownPerson),
      next: last !== undefined && found.length > page.length ? encodeCursor(last.place) : null,
    }
  },
})
