import type { AnswerOf } from '../../../protocol/routes.ts'
import { useAccount } from '../../account/account-provider.tsx'
import { CopyButton } from '../../parts/copy-button.tsx'
import { ActionFailure } from '../../parts/failure.tsx'
import { useAction } from '../../parts/use-action.ts'
import { strings } from '../../strings/strings.ts'
import { useRoom, useRoomState } from '../room-context.tsx'
import { useKnownPassword } from '../use-known-password.ts'

export type PasswordAnswer = Pick<AnswerOf<'rooms/settings'>, 'password_at' | 'room_password'>

type RoomPasswordProps = {
  /** Made or chosen in this dialog. */
  fresh: string | null
  onPassword: (answer: PasswordAnswer) => void
}

/** The room's password, where this tab knows it, and a new one. The server tells it once and keeps a hash. */
export const RoomPassword = ({ fresh, onPassword }: RoomPasswordProps) => {
  const { call } = useAccount()
  const { code } = useRoom()
  const hasPassword = useRoomState((state) => state.room?.entry_mode === 'PASSWORD')
  const renew = useAction(async () => {
    onPassword(await call('rooms/settings', { room_id: code, new_password: true }))
  })
  const known = useKnownPassword()
  const isFresh = fresh !== null && fresh === known
  if (!hasPassword && !isFresh) return null
  const note = isFresh
    ? strings.settings.passwordOnce
    : known === null
      ? strings.settings.passwordGone
      : strings.settings.passwordKnown
  return (
    <div className="room-password">
      {known === null ? null : (
        <div className="copy-line">
          <input readOnly value={known} aria-label={strings.invite.password} />
          <CopyButton text={known} label={strings.inviteDialog.copyPassword} />
        </div>
      )}
      <p className="field-note" role="status">
        {note}
      </p>
      {isFresh ? null : (
        <button type="button" className="button" aria-busy={renew.isRunning} onClick={() => void renew.run()}>
          {strings.settings.newPassword}
        </button>
      )}
      <ActionFailure error={renew.failure} />
    </div>
  )
}
