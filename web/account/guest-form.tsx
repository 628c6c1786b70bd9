import { useState } from 'react'
import { ActionFailure } from '../parts/failure.tsx'
import { Form } from '../parts/form.tsx'
import { NameField } from '../parts/name-field.tsx'
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
    <Form onSubmit={entering.run}>
      <NameField value={name} onChange={setName} hint={strings.signIn.guestHint} />
      <ActionFailure error={entering.failure} />
      <button type="submit" className="button primary" aria-busy={entering.isRunning}>
        {strings.signIn.guestSubmit}
      </button>
    </Form>
  )
}
