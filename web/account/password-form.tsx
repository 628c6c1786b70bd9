import { useState } from 'react'
import { ActionFailure } from '../parts/failure.tsx'
import { Field } from '../parts/field.tsx'
import { Form } from '../parts/form.tsx'
import { Switch } from '../parts/switch.tsx'
import { useAction } from '../parts/use-action.ts'
import { strings } from '../strings/strings.ts'
import { useAccount } from './account-provider.tsx'
import { isTooLong, NewPasswordField } from './new-password-field.tsx'

/** Another password for an account. Every other device is signed out by it. */
export const PasswordForm = () => {
  const { call } = useAccount()
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const [isShown, setShown] = useState(false)
  const [isDone, setDone] = useState(false)
  const changing = useAction(async () => {
    setDone(false)
    await call('auth/password', { current, new: next })
    setCurrent('')
    setNext('')
    setDone(true)
  })
  return (
    <Form onSubmit={() => (isTooLong(next) ? undefined : changing.run())}>
      <Field
        label={strings.newPassword.current}
        type={isShown ? 'text' : 'password'}
        value={current}
        onChange={(event) => setCurrent(event.target.value)}
        autoComplete="current-password"
        required
      />
      <NewPasswordField value={next} onChange={setNext} isShown={isShown} />
      <Switch label={strings.newPassword.show} isOn={isShown} onChange={setShown} />
      <ActionFailure error={changing.failure} instead={{ invalid_credentials: strings.newPassword.wrong }} />
      <p className="done-note" role="status">
        {isDone ? strings.newPassword.done : null}
      </p>
      <button type="submit" className="button" aria-busy={changing.isRunning}>
        {strings.newPassword.submit}
      </button>
    </Form>
  )
}
