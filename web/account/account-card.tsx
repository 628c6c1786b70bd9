import { useState } from 'react'
import { useService } from '../service/known-service.ts'
import { strings } from '../strings/strings.ts'
import { RegisterForm } from './register-form.tsx'
import { SignInForm } from './sign-in-form.tsx'

/** The two ways in with an account: one that there is, and a new one. */
export const AccountCard = ({ onEntered }: { onEntered: () => void }) => {
  const [isNew, setNew] = useState(false)
  const service = useService()
  const isOpen = service?.is_registration_open !== false
  return (
    <section className="card" aria-labelledby="account-title">
      <h2 id="account-title">{isNew ? strings.register.title : strings.signIn.accountTitle}</h2>
      {!isNew ? <SignInForm onEntered={onEntered} /> : null}
      {isNew && isOpen ? <RegisterForm onEntered={onEntered} /> : null}
      {isNew && !isOpen ? <p>{strings.refusals.registration_closed}</p> : null}
      <button type="button" className="link-button" onClick={() => setNew(!isNew)}>
        {isNew ? strings.signIn.haveAccount : strings.signIn.newAccount}
      </button>
      {isNew ? null : <p className="field-note">{strings.signIn.forgotten(service?.help_contact ?? null)}</p>}
    </section>
  )
}
