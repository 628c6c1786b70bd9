import { Link } from 'wouter'
import { useAccount } from '../../account/account-provider.tsx'
import { Badges } from '../parts/badges.tsx'
import { dayAndTime } from '../parts/moment.tsx'
import { MoreButton } from '../parts/more-button.tsx'
import { Section } from '../parts/section.tsx'
import { useFurther } from '../parts/use-further.ts'
import { words } from '../strings/strings.ts'
import type { FullPerson } from './person-page.tsx'

/** The rooms in which somebody is, waits or ever was, and what became of that. */
export const PersonRooms = ({ of }: { of: FullPerson }) => {
  const { call } = useAccount()
  // A server of the version before has one page.
  const first = { rows: of.rooms, next: of.rooms_next ?? null }
  const { rows, more } = useFurther(first, async (cursor) => {
    const page = await call('admin/person', { user_id: of.person.id, cursor })
    return { rows: page.rooms, next: page.rooms_next ?? null }
  })
  return (
    <Section title={words.person.rooms}>
      {rows.length === 0 && more === null ? <p className="empty">{words.person.noRooms}</p> : null}
      <ul className="admin-rows">
        {rows.map((room) => (
          <li key={room.code}>
            <p className="admin-row-title">
              <Link href={`/admin/rooms/${room.code}`}>{room.name ?? room.code}</Link>
              <code>{room.code}</code>
              <Badges
                of={[
                  room.is_host && words.room.hostRole,
                  room.status !== 'APPROVED' && words.room.statuses[room.status],
                  room.is_present && words.person.present,
                ]}
              />
            </p>
            <p className="admin-row-note">
              {words.person.joined} {dayAndTime(room.joined_at)}
            </p>
          </li>
        ))}
      </ul>
      {more === null ? null : <MoreButton more={more} />}
    </Section>
  )
}
