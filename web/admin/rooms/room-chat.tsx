import { useAccount } from '../../account/account-provider.tsx'
import { shownName } from '../../parts/shown-name.ts'
import { ActButton } from '../parts/act-button.tsx'
import { Moment } from '../parts/moment.tsx'
import { PersonLink } from '../parts/person-link.tsx'
import { Section } from '../parts/section.tsx'
import { words } from '../strings/strings.ts'
import { ActsOfNamed } from './member-acts.tsx'
import type { FullRoom } from './room-page.tsx'

/** What was said lately, and the way to take it out. The latest message of each writer has what is done about them. */
export const RoomChat = ({ of, again }: { of: FullRoom; again: () => void }) => {
  const { call } = useAccount()
  const { room } = words
  const { messages } = of
  const { code } = of.room
  const isOver = of.room.state === 'ended'
  const latest = new Map(messages.map(({ id, user_id }) => [user_id, id]))
  return (
    <Section title={room.chat}>
      {messages.length === 0 ? <p className="empty">{room.nothingSaid}</p> : null}
      <ul className="admin-rows">
        {messages.map(({ id, user, user_id, message, created_at }) => (
          <li key={id}>
            <p className="admin-row-title">
              <PersonLink id={user_id} name={user} />
              <span className="admin-row-note">
                <Moment at={created_at} />
              </span>
            </p>
            <p className="admin-message">{message}</p>
            {isOver ? null : (
              <div className="admin-acts">
                <ActButton
                  label={room.removeMessage}
                  name={room.removeMessageName(shownName(user), message)}
                  title={room.removeMessageTitle(shownName(user))}
                  text={room.removeMessageText}
                  act={() => call('admin/remove-message', { room_id: code, message_id: id })}
                  done={room.messageRemoved}
                  onDone={again}
                />
              </div>
            )}
            {latest.get(user_id) === id ? <ActsOfNamed of={of} id={user_id} place="chat" again={again} /> : null}
          </li>
        ))}
      </ul>
    </Section>
  )
}
