import { useState } from 'react'
import { Redirect, useLocation } from 'wouter'
import { ConfirmDialog } from '../parts/confirm-dialog.tsx'
import { PageFrame } from '../parts/page-frame.tsx'
import { useAction } from '../parts/use-action.ts'
import { strings } from '../strings/strings.ts'
import { useAccount } from './account-provider.tsx'
import { AdministrationLink } from './administration-link.tsx'
import { NameForm } from './name-form.tsx'
import { PasswordForm } from './password-form.tsx'
import { RegisterForm } from './register-form.tsx'

/** The form that had the focus is gone. */
const takeFocus = (line: HTMLElement | null) => line?.focus()

export const AccountPage = () => {
  const { person, api, call, signOut } = useAccount()
  const [, navigate] = useLocation()
  const [isKept, setKept] = useState(false)
  const [isDeleting, setDeleting] = useState(false)
  const leaving = useAction(async () => {
    await signOut(api)
    navigate('/')
  })
  const deleting = useAction(async () => {
    await call('auth/delete', {})
    await signOut(api)
    navigate('/')
  })
  if (person === null) return <Redirect to={leaving.isRunning ? '/' : '/sign-in?next=/account'} replace />
  return (
    <PageFrame title={strings.account.title}>
      <div className="account">
        <h1>{person.name}</h1>
        <p>{person.isGuest ? strings.account.isGuest : strings.account.isAccount}</p>
        {isKept ? (
          <p className="notice" role="status" tabIndex={-1} ref={takeFocus}>
            {strings.account.kept}
          </p>
        ) : null}
        {person.isGuest ? (
          <section className="card" aria-labelledby="keep-title">
            <h2 id="keep-title">{strings.account.keepTitle}</h2>
            <p>{strings.account.keepText}</p>
            <RegisterForm onEntered={() => setKept(true)} signInLink="/sign-in?account&next=/account" />
          </section>
        ) : null}
        <section className="card" aria-labelledby="name-title">
          <h2 id="name-title">{strings.newName.title}</h2>
          <NameForm />
        </section>
        {person.isGuest ? null : (
          <section className="card" aria-labelledby="password-title">
            <h2 id="password-title">{strings.newPassword.title}</h2>
            <p>{strings.newPassword.text}</p>
            <PasswordForm />
          </section>
        )}
        <div className="account-actions">
          <AdministrationLink />
          <button type="button" className="button" aria-busy={leaving.isRunning} onClick={() => void leaving.run()}>
            {strings.account.signOut}
          </button>
          <button type="button" className="button danger quiet" onClick={() => setDeleting(true)}>
            {strings.account.delete}
          </button>
        </div>
        {person.isGuest ? <p className="field-note">{strings.account.signOutGuest}</p> : null}
      </div>
      {isDeleting ? (
        <ConfirmDialog
          title={strings.account.delete}
          text={strings.account.deleteText}
          submit={strings.account.deleteSubmit}
          action={deleting}
          onClose={() => setDeleting(false)}
        />
      ) : null}
    </PageFrame>
  )
}
