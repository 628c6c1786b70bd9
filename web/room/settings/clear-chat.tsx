import { useState } from 'react'
import { useAccount } from '../../account/account-provider.tsx'
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx'
import { useAction } from '../../parts/use-action.ts'
import { strings } from '../../strings/strings.ts'
import { useRoom } from '../room-context.tsx'

/** Empties the chat for everybody, after a question: nothing brings it back. */
export const ClearChat = () => {
  const { call } = useAccount()
  const { code } = useRoom()
  const [isAsking, setAsking] = useState(false)
  const clearing = useAction(async () => {
    await call('rooms/clear-chat', { room_id: code })
    setAsking(false)
  })
  return (
    <>
      <button type="button" className="button" onClick={() => setAsking(true)}>
        {strings.settings.clearChat}
      </button>
      {isAsking ? (
        <ConfirmDialog
          title={strings.settings.clearChatTitle}
          text={strings.settings.clearChatText}
          submit={strings.settings.clearChat}
          action={clearing}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </>
  )
}
