import { useState } from 'react'
import { ActionFailure } from '../parts/failure.tsx'
import { Form } from '../parts/form.tsx'
import { Switch } from '../parts/switch.tsx'
import { useAction } from '../parts/use-action.ts'
import { strings } from '../strings/strings.ts'
import { useAccount } from './account-provider.tsx'
import { isTooLong, NewPasswordField } from './new-password-field.tsx'

export type ResetLink = { userId: string; secret: string }

/** A new password, with the link of an administrator. */
export const ResetForm = ({ link, onDone }: { link: ResetLink; onDone: () => void }) => {
  const { call } = useAccount()
  const [password, setPassword] = useState('')
  const [isShown, setShown] = useState(false)
  const setting = useAction(async () => {
    await call('auth/reset', { user_id: link.userId, secret: link.secret, new: password })
    onDone()
  })
  return (
    <Form onSubmit={() => (isTooLong(password) ? undefined : setting.run())}>
      <p>{strings.reset.text}</p>
      <NewPasswordField value={password} onChange={setPassword} isShown={isShown} />
      <Switch label={strings.newPassword.show} isOn={isShown} onChange={setShown} />
      {/* A link that was cut off is none that the server knows. */}
      <ActionFailure error={setting.failure} instead={{ invalid_field: strings.refusals.link_ended }} />
      <button type="submit" className="button primary" aria-busy={setting.isRunning}>
        {strings.reset.submit}
      </button>
    </Form>
  )
}
