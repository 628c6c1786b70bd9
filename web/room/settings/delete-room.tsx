import { useState } from 'react'
import { useAccount } from '../../account/account-provider.tsx'
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx'
import { useAction } from '../../parts/use-action.ts'
import { strings } from '../../strings/strings.ts'
import { useRoom } from '../room-context.tsx'

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
        <ConfirmDialog
          title={strings.settings.deleteTitle}
          text={strings.settings.deleteText}
          submit={strings.settings.deleteSubmit}
          action={deleting}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </>
  )
}
