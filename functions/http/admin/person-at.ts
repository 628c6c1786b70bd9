import { Refusal } from '../../../protocol/refusals.ts'
import type { User } from '../../domain/session.ts'
import { userById } from '../../table/users.ts'

/** The person whom a call names. @throws Refusal person_not_found */
export const personAt = async (userId: string, now: number): Promise<User> => {
  const user = await userById(userId, now)
  if (user === undefined) throw new Refusal('person_not_found')
  return user
}

/** As the audit names somebody. */
export const whomOf = ({ id, display_name }: User) => ({ user_id: id, name: display_name })
