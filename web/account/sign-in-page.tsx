import { useState } from 'react'
import { Redirect, useLocation, useSearch } from 'wouter'
import { PageFrame } from '../parts/page-frame.tsx'
import { strings } from '../strings/strings.ts'
import { useAccount } from './account-provider.tsx'
import { GuestForm } from './guest-form.tsx'
import { RegisterForm } from './register-form.tsx'
import { SignInForm } from './sign-in-form.tsx'

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

export const SignInPage = () => {
  const { person, hasExpired } = useAccount()
  const [, navigate] = useLocation()
  const next = pathIn(useSearch())
  const [isNew, setNew] = useState(false)
  if (person !== null) return <Redirect to={next} replace />
  const goOn = () => navigate(next, { replace: true })
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
          <section className="card" aria-labelledby="guest-title">
            <h2 id="guest-title">{strings.signIn.guestTitle}</h2>
            <GuestForm onEntered={goOn} />
          </section>
          <section className="card" aria-labelledby="account-title">
            <h2 id="account-title">{isNew ? strings.register.title : strings.signIn.accountTitle}</h2>
            {isNew ? <RegisterForm onEntered={goOn} /> : <SignInForm onEntered={goOn} />}
            <button type="button" className="link-button" onClick={() => setNew(!isNew)}>
              {isNew ? strings.signIn.haveAccount : strings.signIn.newAccount}
            </button>
          </section>
        </div>
      </div>
    </PageFrame>
  )
}
