import { ago, clockTime } from '../parts/moment.tsx'
import { PersonLink } from '../parts/person-link.tsx'
import { Section } from '../parts/section.tsx'
import { words } from '../strings/strings.ts'
import type { FullRoom } from './room-page.tsx'

/** Who is connected now, with each of their sockets. */
export const RoomPeople = ({ people }: Pick<FullRoom, 'people'>) => (
  <Section title={words.room.people}>
    {people.length === 0 ? <p className="empty">{words.room.nobody}</p> : null}
    <ul className="admin-rows">
      {people.map(({ user_id, name, sockets }) => (
        <li key={user_id}>
          <p className="admin-row-title">
            <PersonLink id={user_id} name={name} />
          </p>
          {sockets.map(({ since, seen }) => (
            <p key={since} className="admin-row-note">
              {seen === null
                ? words.room.socketSilent(clockTime(since))
                : words.room.socket(clockTime(since), ago(seen))}
            </p>
          ))}
        </li>
      ))}
    </ul>
  </Section>
)
