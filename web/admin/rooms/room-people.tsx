import { ago, clockTime } from '../parts/moment.tsx'
import { PersonLink } from '../parts/person-link.tsx'
import { Section } from '../parts/section.tsx'
import { words } from '../strings/strings.ts'
import { ActsOfNamed } from './member-acts.tsx'
import type { FullRoom } from './room-page.tsx'

/** Who is connected now, with each of their sockets, and what is done about them. */
export const RoomPeople = ({ of, again }: { of: FullRoom; again: () => void }) => {
  const { people, room } = of
  return (
    <Section title={words.room.people}>
      {people.length === 0 ? <p className="empty">{words.room.nobody}</p> : null}
      {people.length < room.viewers ? (
        <p className="field-note">{words.room.latestOf(people.length, room.viewers)}</p>
      ) : null}
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
            <ActsOfNamed of={of} id={user_id} place="people" again={again} />
          </li>
        ))}
      </ul>
    </Section>
  )
}
