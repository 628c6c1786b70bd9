import { Link } from 'wouter'
import { useAnswer } from '../parts/use-answer.ts'
import { strings } from '../strings/strings.ts'

/**
 * The way to the administration, for those whom the server knows as administrators now. Its address works without it.
 * Guests ask as well: they may be an account by now without knowing it, and the account store learns it from the answer.
 */
export const AdministrationLink = () => {
  const me = useAnswer('auth/me', {})
  return me.status === 'ready' && me.answer.is_admin === true ? (
    <Link href="/admin" className="button">
      {strings.account.administration}
    </Link>
  ) : null
}
