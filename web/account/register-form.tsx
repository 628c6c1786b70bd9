import { useState } from 'react'
import { Link } from 'wouter'
import { MIN_PASSWORD_CHARACTERS } from '../../protocol/limits.ts'
import { ActionFailure } from '../parts/failure.tsx'
import { Field } from '../parts/field.tsx'
import { Form } from '../parts/form.tsx'
import { NameField } from '../parts/name-field.tsx'
import { useAction } from '../parts/use-action.ts'
import { strings } from '../strings/strings.ts'
import { useAccount } from './account-provider.tsx'
import { EmailField } from './email-field.tsx'

type RegisterFormProps = {
  onEntered: () => void
  /** Where who has an account already signs in, on a page that does not offer that anyway. */
  signInLink?: string
}

/** A new account; with a guest signed in, the guest becomes it and keeps rooms, host rights and names. */
export const RegisterForm = ({ onEntered, signInLink }: RegisterFormProps) => {
  const { person, enter } = useAccount()
  const [name, setName] = useState(person?.name ?? '')
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const entering = useAction(async () => {
    await enter('auth/register', { email, password, display_name: name })
    onEntered()
  })
  return (
    <Form onSubmit={entering.run}>
      <NameField value={name} onChange={setName} />
      <EmailField value={email} onChange={setEmail} />
      <Field
        label={strings.password}
        hint={strings.passwordHint(MIN_PASSWORD_CHARACTERS)}
        type="password"
        value={password}
        onChange={(event) => setPassword(event.target.value)}
        autoComplete="new-password"
        minLength={MIN_PASSWORD_CHARACTERS}
        required
      />
      <ActionFailure error={entering.failure} />
      {signInLink !== undefined && entering.failure?.code === 'email_taken' ? (
        <Link href={signInLink} className="button">
          {strings.signIn.link}
        </Link>
      ) : null}
      <button type="submit" className="button primary" aria-busy={entering.isRunning}>
        {strings.register.submit}
      </button>
    </Form>
  )
}
