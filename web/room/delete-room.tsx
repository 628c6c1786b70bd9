import { useState } from 'react'
import { useAccount } from '../account/account-provider.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { ActionFailure } from '../parts/failure.tsx'
import { useAction } from '../parts/use-action.ts'
import { strings } from '../strings/strings.ts'
import { useRoom } from './room-context.tsx'

export const DeleteRoom = () => {
  const { call } = useAccount()
  const { code } = useRoom()
  const [isAsking, setAsking] = useState(false)
  // What follows, the goodbye to everybody, comes over the socket.
  const deleting = useAction(() => call('rooms/delete', { room_id: code }))
  return (
    <>
      <button type="button" className="button danger quiet" onClick={() => setAsking(true)}>
        {strings.settings.delete}
      </button>
      {isAsking ? (
        <Dialog title={strings.settings.deleteTitle} onClose={() => setAsking(false)}>
          <p>{strings.settings.deleteText}</p>
          <ActionFailure error={deleting.failure} />
          <div className="dialog-actions">
            <button
              type="button"
              className="button danger"
              aria-busy={deleting.isRunning}
              onClick={() => void deleting.run()}
            >
              {strings.settings.deleteSubmit}
            </button>
          </div>
        </Dialog>
      ) : null}
    </>
  )
}
