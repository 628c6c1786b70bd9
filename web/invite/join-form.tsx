import { useState } from 'react'
import { Link } from 'wouter'
import type { AnswerOf } from '../../protocol/routes.ts'
import { useAccount } from '../account/account-provider.tsx'
import { ActionFailure } from '../parts/failure.tsx'
import { Field } from '../parts/field.tsx'
import { Form } from '../parts/form.tsx'
import { NameField } from '../parts/name-field.tsx'
import { type Action, sentenceFor } from '../parts/use-action.ts'
import { strings } from '../strings/strings.ts'

type JoinFormProps = { code: string; room: AnswerOf<'rooms/preview'>; join: Action<[name: string, password: string]> }

export const JoinForm = ({ code, room, join }: JoinFormProps) => {
  const { person } = useAccount()
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const needsPassword = room.entry_mode === 'PASSWORD'
  const isWrongPassword = join.failure?.code === 'wrong_password'
  const mustSignIn = !room.guests_allowed && (person === null || person.isGuest)
  const signInLink = `/sign-in?next=${encodeURIComponent(`/r/${code}`)}`

  if (mustSignIn)
    return (
      <div className="stack">
        <p className="notice">{strings.invite.noGuests}</p>
        <Link href={person === null ? signInLink : '/account'} className="button primary">
          {person === null ? strings.signIn.link : strings.account.keepTitle}
        </Link>
      </div>
    )
  return (
    <Form onSubmit={() => join.run(name, password)}>
      {person === null ? (
        <NameField value={name} onChange={setName} />
      ) : (
        <p className="field-note">{strings.invite.as(person.name)}</p>
      )}
      {needsPassword ? (
        <Field
          label={strings.invite.password}
          value={password}
          problem={isWrongPassword && join.failure !== null ? sentenceFor(join.failure) : null}
          onChange={(event) => setPassword(event.target.value)}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          required
        />
      ) : null}
      <ActionFailure error={isWrongPassword ? null : join.failure} />
      <button type="submit" className="button primary large" aria-busy={join.isRunning}>
        {room.entry_mode === 'APPROVAL' ? strings.invite.ask : strings.invite.join}
      </button>
      {person === null ? (
        <p className="field-note">
          {strings.invite.haveAccount} <Link href={signInLink}>{strings.signIn.link}</Link>
        </p>
      ) : null}
    </Form>
  )
}
