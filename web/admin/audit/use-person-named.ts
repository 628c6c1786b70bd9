import { useAccount } from '../../account/account-provider.tsx'
import type { TypedPerson } from './person-field.tsx'

/** Ids of people, as the server makes them. */
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Whom somebody means who typed an id, an e-mail address or a name: their id, or those who may be meant. */
export const usePersonNamed = (): ((typed: string) => Promise<TypedPerson>) => {
  const { call } = useAccount()
  return async (typed) => {
    const text = typed.trim()
    if (text === '' || ID.test(text)) return { text, found: null }
    const { people } = await call('admin/people', { search: text })
    const fits = people.filter(({ display_name, email }) =>
      [display_name, email].some((one) => one?.toLowerCase() === text.toLowerCase()),
    )
    const [only, ...others] = fits.length > 0 ? fits : people
    return only !== undefined && others.length === 0
      ? { text: only.id, found: null }
      : { text, found: fits.length > 0 ? fits : people }
  }
}
