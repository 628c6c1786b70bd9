import { useState } from 'react'
import type { ShownMessage } from '../../../protocol/server-events.ts'
import { useAccount } from '../../account/account-provider.tsx'
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx'
import { Icon } from '../../parts/icon.tsx'
import { shownName } from '../../parts/shown-name.ts'
import { useAction } from '../../parts/use-action.ts'
import { strings } from '../../strings/strings.ts'
import { useRoom } from '../room-context.tsx'

/** Takes a message out of the chat: for its writer, and for who moderates. Nothing brings it back, so it is asked about. */
export const RemoveMessage = ({ message: { id, user, user_id, message } }: { message: ShownMessage }) => {
  const { call } = useAccount()
  const { code, person } = useRoom()
  const [isAsking, setAsking] = useState(false)
  // The row goes with its message, over the socket.
  const removing = useAction(async () => {
    await call('rooms/remove-message', { room_id: code, message_id: id })
    setAsking(false)
  })
  const title = user_id === person.id ? strings.chat.removeOwnTitle : strings.chat.removeTitle(shownName(user))
  return (
    <>
      <button
        type="button"
        className="icon-button message-remove"
        aria-label={strings.chat.remove(shownName(user), message)}
        title={strings.chat.removeSubmit}
        onClick={() => setAsking(true)}
      >
        <Icon name="close" />
      </button>
      {isAsking ? (
        <ConfirmDialog
          title={title}
          text={strings.chat.removeText}
          submit={strings.chat.removeSubmit}
          action={removing}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </>
  )
}
