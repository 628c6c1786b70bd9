import { useAccount } from '../../account/account-provider.tsx'
import { CopyButton } from '../../parts/copy-button.tsx'
import { ActionFailure } from '../../parts/failure.tsx'
import { useAction } from '../../parts/use-action.ts'
import { strings } from '../../strings/strings.ts'
import { useRoom, useRoomState } from '../room-context.tsx'

type NewPasswordProps = { shown: string | null; onPassword: (password: string | undefined) => void }

/** Rooms with a password can have a new one; the server tells it once, here. */
export const NewPassword = ({ shown, onPassword }: NewPasswordProps) => {
  const { call } = useAccount()
  const { code } = useRoom()
  const hasPassword = useRoomState((state) => state.room?.entry_mode === 'PASSWORD')
  const renew = useAction(async () => {
    const answer = await call('rooms/settings', { room_id: code, new_password: true })
    onPassword(answer.room_password)
  })
  if (!hasPassword && shown === null) return null
  return (
    <div className="new-password">
      {shown === null ? (
        <button type="button" className="button" aria-busy={renew.isRunning} onClick={() => void renew.run()}>
          {strings.settings.newPassword}
        </button>
      ) : (
        <>
          <div className="copy-line">
            <input readOnly value={shown} aria-label={strings.invite.password} />
            <CopyButton text={shown} label={strings.inviteDialog.copyPassword} />
          </div>
          <p className="field-note" role="status">
            {strings.settings.passwordOnce}
          </p>
        </>
      )}
      <ActionFailure error={renew.failure} />
    </div>
  )
}
