import { useState } from 'react'
import { MAX_NAME_CHARACTERS } from '../../protocol/limits.ts'
import { ActionFailure } from '../parts/failure.tsx'
import { Field } from '../parts/field.tsx'
import { useAction } from '../parts/use-action.ts'
import { strings } from '../strings/strings.ts'
import { useAccount } from './account-provider.tsx'

export const GuestForm = ({ onEntered }: { onEntered: () => void }) => {
  const { enter } = useAccount()
  const [name, setName] = useState('')
  const entering = useAction(async () => {
    await enter('auth/guest', { display_name: name })
    onEntered()
  })
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        void entering.run()
      }}
    >
      <Field
        label={strings.yourName}
        hint={strings.signIn.guestHint}
        value={name}
        onChange={(event) => setName(event.target.value)}
        autoComplete="nickname"
        maxLength={MAX_NAME_CHARACTERS}
        required
      />
      <ActionFailure error={entering.failure} />
      <button type="submit" className="button primary" aria-busy={entering.isRunning}>
        {strings.signIn.guestSubmit}
      </button>
    </form>
  )
}
