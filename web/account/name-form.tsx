import { useState } from 'react'
import { ActionFailure } from '../parts/failure.tsx'
import { Form } from '../parts/form.tsx'
import { NameField } from '../parts/name-field.tsx'
import { useAction } from '../parts/use-action.ts'
import { strings } from '../strings/strings.ts'
import { useAccount } from './account-provider.tsx'

/** Another name, in every room at once. It says what was done, or hands over to `onDone`. */
export const NameForm = ({ onDone }: { onDone?: () => void }) => {
  const { person, rename } = useAccount()
  // What nobody has typed over follows the account, which another tab may have renamed.
  const [typed, setTyped] = useState<string | null>(null)
  const name = typed ?? person?.name ?? ''
  const [done, setDone] = useState<string | null>(null)
  const renaming = useAction(async () => {
    setDone(null)
    setDone(await rename(name))
    setTyped(null)
    onDone?.()
  })
  return (
    <Form onSubmit={renaming.run}>
      <NameField value={name} onChange={setTyped} hint={strings.newName.hint} />
      <ActionFailure error={renaming.failure} instead={{ too_fast: strings.newName.tooFast }} />
      <p className="done-note" role="status">
        {done === null ? null : strings.newName.done(done)}
      </p>
      <button type="submit" className="button" aria-busy={renaming.isRunning}>
        {strings.newName.submit}
      </button>
    </Form>
  )
}
