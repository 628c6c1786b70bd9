import { useState } from 'react'
import { ApiError } from '../../client/index.ts'
import { ActionFailure } from '../parts/failure.tsx'
import { Form } from '../parts/form.tsx'
import { Switch } from '../parts/switch.tsx'
import { useAction } from '../parts/use-action.ts'
import { strings } from '../strings/strings.ts'
import { useAccount } from './account-provider.tsx'
import { isTooLong, NewPasswordField } from './new-password-field.tsx'

export type ResetLink = { userId: string; secret: string }

type ResetFormProps = { link: ResetLink; onDone: () => void; onEnded: () => void }

/** A new password, with the link of an administrator; `onEnded` where the link does not hold any more. */
export const ResetForm = ({ link, onDone, onEnded }: ResetFormProps) => {
  const { call } = useAccount()
  const [password, setPassword] = useState('')
  const [isShown, setShown] = useState(false)
  const setting = useAction(async () => {
    try {
      await call('auth/reset', { user_id: link.userId, secret: link.secret, new: password })
    } catch (error) {
      if (error instanceof ApiError && error.code === 'link_ended') onEnded()
      throw error
    }
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
