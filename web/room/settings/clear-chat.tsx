import { useRef, useState } from 'react'
import { useAccount } from '../../account/account-provider.tsx'
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx'
import { useAction } from '../../parts/use-action.ts'
import { strings } from '../../strings/strings.ts'
import { useRoom } from '../room-context.tsx'

/** Empties the chat for everybody, after a question: nothing brings it back. */
export const ClearChat = () => {
  const { call } = useAccount()
  const { code, session } = useRoom()
  const [isAsking, setAsking] = useState(false)
  // Pressed again after a lost answer, it clears no more than at first: what came meanwhile is not what was meant.
  const until = useRef<string>(undefined)
  const clearing = useAction(async () => {
    const { messages, newerUntil } = session.store.get()
    until.current ??= newerUntil ?? messages.at(-1)?.id
    if (until.current !== undefined) await call('rooms/clear-chat', { room_id: code, until: until.current })
    close()
  })
  const close = () => {
    until.current = undefined
    setAsking(false)
  }
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
          onClose={close}
        />
      ) : null}
    </>
  )
}
