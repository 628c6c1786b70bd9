import { useState } from 'react'
import { ActionFailure } from '../parts/failure.tsx'
import { Field } from '../parts/field.tsx'
import { Form } from '../parts/form.tsx'
import { useAction } from '../parts/use-action.ts'
import { strings } from '../strings/strings.ts'
import { useAccount } from './account-provider.tsx'
import { EmailField } from './email-field.tsx'

export const SignInForm = ({ onEntered }: { onEntered: () => void }) => {
  const { person, enter } = useAccount()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const entering = useAction(async () => {
    await enter('auth/login', { email, password })
    onEntered()
  })
  return (
    <Form onSubmit={entering.run}>
      <EmailField value={email} onChange={setEmail} />
      <Field
        label={strings.password}
        type="password"
        value={password}
        onChange={(event) => setPassword(event.target.value)}
        autoComplete="current-password"
        required
      />
      {person?.isGuest === true ? <p className="field-note">{strings.signIn.leavesGuest(person.name)}</p> : null}
      <ActionFailure error={entering.failure} />
      <button type="submit" className="button" aria-busy={entering.isRunning}>
        {strings.signIn.submit}
      </button>
    </Form>
  )
}
