import { DAY_SECONDS, HOUR_SECONDS } from '../domain/durations.ts'
import { itemsTogether } from './client.ts'
import { userKey } from './keys.ts'
import { GUEST_DAYS, parseUser, UserItem } from './users.ts'

/** What lies between the issue of a guest's last token and the end of their row. */
const KEPT_SECONDS = GUEST_DAYS * DAY_SECONDS

/**
 * Whether somebody may still come back under the name that they have: they are there, the service does not refuse them, and
 * of a guest a token may still hold. A guest without one has nothing to sign in with, although they are kept for longer.
 */
export const canReturn = async (
  userId: string,
  now: number,
  { TOKEN_HOURS }: { TOKEN_HOURS: number },
): Promise<boolean> => {
  const [item] = await itemsTogether([userKey(userId)])
  const user = parseUser(item, now)
  if (user === undefined || user.banned_at !== null) return false
  const { ttl } = UserItem.parse(item)
  if (!user.is_guest || ttl === undefined) return true
  return now < (ttl - KEPT_SECONDS + TOKEN_HOURS * HOUR_SECONDS) * 1000
}
