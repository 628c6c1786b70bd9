import { useLocation } from 'wouter'
import { useAccount } from '../account/account-provider.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { ActionFailure } from '../parts/failure.tsx'
import { useAction } from '../parts/use-action.ts'
import { strings } from '../strings/strings.ts'
import { noteLeaving } from './leaving.ts'
import { useHostName, useRoom, useRoomState } from './room-context.tsx'

export const LeaveDialog = ({ onClose }: { onClose: () => void }) => {
  const { call } = useAccount()
  const { code, person, session } = useRoom()
  const [, navigate] = useLocation()
  const mode = useRoomState((state) => state.room?.entry_mode ?? null)
  const host = useHostName()
  const isStoodInFor = useRoomState(({ room }) => room?.stands_in_for === person.id)
  const leaving = useAction(async () => {
    noteLeaving(session, true)
    try {
      await call('rooms/leave', { room_id: code })
    } catch (error) {
      // The answer was lost, but the server's goodbye has come over the socket: the person has left.
      const { connection } = session.store.get()
      if (connection.status !== 'closed' || connection.code !== 'left') {
        noteLeaving(session, false)
        throw error
      }
    }
    // The home page reads the person's rooms anew, now without this one.
    navigate('/')
  })
  return (
    <Dialog title={strings.leave.title} onClose={onClose}>
      <p>
        {mode === null ? strings.leave.open : mode === 'PASSWORD' ? strings.leave.password : strings.leave.approval}
      </p>
      {isStoodInFor ? <p className="notice">{strings.leave.givesUp(host)}</p> : null}
      <ActionFailure error={leaving.failure} />
      <div className="dialog-actions">
        <button type="button" className="button" onClick={onClose}>
          {strings.leave.stay}
        </button>
        <button
          type="button"
          className="button primary"
          aria-busy={leaving.isRunning}
          onClick={() => void leaving.run()}
        >
          {strings.leave.submit}
        </button>
      </div>
    </Dialog>
  )
}
