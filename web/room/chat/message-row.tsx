import { memo } from 'react'
import type { ShownMessage } from '../../../protocol/server-events.ts'
import { Avatar } from '../../parts/avatar.tsx'
import { shownName } from '../../parts/shown-name.ts'
import { locale, strings } from '../../strings/strings.ts'
import { useMayDo, useRole, useRoom } from '../room-context.tsx'
import { FoldedText } from './folded-text.tsx'
import { MessageText } from './message-text.tsx'
import { RemoveMessage } from './remove-message.tsx'

type MessageRowProps = {
  message: ShownMessage
  previous: ShownMessage | undefined
  /** Something else stands between the two. */
  isApart: boolean
  isFirstUnread: boolean
}

/** Said by the same person within this is one turn of speech, and names them once. */
const TURN_MS = 5 * 60_000

const time = new Intl.DateTimeFormat(locale(), { hour: '2-digit', minute: '2-digit' })
const day = new Intl.DateTimeFormat(locale(), { weekday: 'long', day: 'numeric', month: 'long' })

const isSameDay = (one: number, other: number) => new Date(one).toDateString() === new Date(other).toDateString()

export const MessageRow = memo(({ message, previous, isApart, isFirstUnread }: MessageRowProps) => {
  const { person } = useRoom()
  const { user_id, created_at } = message
  const user = shownName(message.user)
  const isHost = useRole(user_id) === 'host'
  const mayModerate = useMayDo('moderate')
  const mayRemove = mayModerate || user_id === person.id
  const isNewDay =
    previous === undefined ? !isSameDay(created_at, Date.now()) : !isSameDay(created_at, previous.created_at)
  const goesOn =
    previous?.user_id === user_id &&
    created_at - previous.created_at < TURN_MS &&
    !isNewDay &&
    !isFirstUnread &&
    !isApart
  const at = new Date(created_at)
  return (
    <>
      {isNewDay ? <li className="chat-divider">{day.format(at)}</li> : null}
      {isFirstUnread ? <li className="chat-divider unread">{strings.chat.unread}</li> : null}
      <li className={`message${goesOn ? ' goes-on' : ''}${user_id === person.id ? ' own' : ''}`}>
        {goesOn ? null : (
          <div className="message-header">
            <Avatar id={user_id} name={user} />
            <span className="message-user">{user}</span>
            {isHost ? <span className="host-badge">{strings.people.host}</span> : null}
            <time dateTime={at.toISOString()}>{time.format(at)}</time>
          </div>
        )}
        <div className="message-body">
          <FoldedText text={message.message}>
            <MessageText message={message.message} />
          </FoldedText>
          {mayRemove ? <RemoveMessage message={message} /> : null}
        </div>
      </li>
    </>
  )
})
