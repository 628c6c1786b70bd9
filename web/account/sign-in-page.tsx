import { useState } from 'react'
import { Redirect, useLocation, useSearch } from 'wouter'
import { PageFrame } from '../parts/page-frame.tsx'
import { strings } from '../strings/strings.ts'
import { useAccount } from './account-provider.tsx'
import { GuestForm } from './guest-form.tsx'
import { RegisterForm } from './register-form.tsx'
import { SignInForm } from './sign-in-form.tsx'

/** Only a path of ours: a link must not lead to somebody else's page by way of signing in. */
const pathIn = (search: string): string => {
  const next = new URLSearchParams(search).get('next') ?? '/'
  const leadsAway = !next.startsWith('/') || new URL(next, location.origin).origin !== location.origin
  return leadsAway || next.startsWith('/sign-in') ? '/' : next
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
