import { useLocation } from 'wouter'
import { useAccount } from '../account/account-provider.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { ActionFailure } from '../parts/failure.tsx'
import { useAction } from '../parts/use-action.ts'
import { strings } from '../strings/strings.ts'
import { useRoom, useRoomState } from './room-context.tsx'

export const LeaveDialog = ({ onClose }: { onClose: () => void }) => {
  const { call } = useAccount()
  const { code, session } = useRoom()
  const [, navigate] = useLocation()
  const mode = useRoomState((state) => state.room?.entry_mode ?? null)
  const leaving = useAction(async () => {
    // Closed here first, so that the server's goodbye does not show as if somebody else had ended it.
    session.close()
    navigate('/')
    await call('rooms/leave', { room_id: code })
  })
  return (
    <Dialog title={strings.leave.title} onClose={onClose}>
      <p>
        {mode === null ? strings.leave.open : mode === 'PASSWORD' ? strings.leave.password : strings.leave.approval}
      </p>
      <ActionFailure error={leaving.failure} />
      <div className="dialog-actions">
        <button type="button" className="button" onClick={onClose}>
          {strings.leave.stay}
        </button>
        <button type="button" className="button primary" onClick={() => void leaving.run()}>
          {strings.leave.submit}
        </button>
      </div>
    </Dialog>
  )
}
