import { useState } from 'react'
import { Redirect, useLocation, useSearch } from 'wouter'
import { PageFrame } from '../parts/page-frame.tsx'
import { useService } from '../service/known-service.ts'
import { strings } from '../strings/strings.ts'
import { AccountCard } from './account-card.tsx'
import { useAccount } from './account-provider.tsx'
import { GuestForm } from './guest-form.tsx'

/**
 * Only a path of ours: a link must not lead to somebody else's page by way of signing in. The browser resolves it first,
 * because `//x`, `/\x` and `/.//x` are addresses of others as well.
 */
const pathIn = (search: string): string => {
  const next = new URLSearchParams(search).get('next') ?? '/'
  if (!next.startsWith('/') || !URL.canParse(next, location.origin)) return '/'
  const { origin, pathname, search: query, hash } = new URL(next, location.origin)
  const leadsAway = origin !== location.origin || pathname.startsWith('//')
  return leadsAway || pathname.startsWith('/sign-in') ? '/' : `${pathname}${query}${hash}`
}

/**
 * `?account` is for somebody who is signed in, and has to show the password again or wants to come as somebody else.
 * The page then asks for an account, and leads on only after that.
 */
export const SignInPage = () => {
  const { person, hasExpired } = useAccount()
  const [, navigate] = useLocation()
  const search = useSearch()
  const next = pathIn(search)
  const isForAccount = new URLSearchParams(search).has('account')
  const [hasEntered, setEntered] = useState(false)
  const isGuestWelcome = useService()?.are_guests_admitted !== false
  if (person !== null && (!isForAccount || hasEntered)) return <Redirect to={next} replace />
  const goOn = () => {
    setEntered(true)
    navigate(next, { replace: true })
  }
  return (
    <PageFrame title={strings.signIn.title}>
      <div className="sign-in">
        <div className="sign-in-intro">
          <h1>{strings.signIn.title}</h1>
          {hasExpired ? (
            <p className="notice" role="status">
              {strings.signIn.expired}
            </p>
          ) : null}
        </div>
        <div className="sign-in-ways">
          {isForAccount ? null : (
            <section className="card" aria-labelledby="guest-title">
              <h2 id="guest-title">{strings.signIn.guestTitle}</h2>
              {isGuestWelcome ? <GuestForm onEntered={goOn} /> : <p>{strings.refusals.guests_closed}</p>}
            </section>
          )}
          <AccountCard onEntered={goOn} />
        </div>
      </div>
    </PageFrame>
  )
}
