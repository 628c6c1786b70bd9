import { useAccount } from '../../account/account-provider.tsx'
import { Badges } from '../parts/badges.tsx'
import { dayAndTime } from '../parts/moment.tsx'
import { MoreButton } from '../parts/more-button.tsx'
import { PersonLink } from '../parts/person-link.tsx'
import { Section } from '../parts/section.tsx'
import { useFurther } from '../parts/use-further.ts'
import { words } from '../strings/strings.ts'
import { MemberActs } from './member-acts.tsx'
import type { FullRoom } from './room-page.tsx'

export type RoomMember = FullRoom['members'][number]

type RoomMembersProps = { of: FullRoom; again: () => void }

/** Who waits, and who belongs to the room or did. */
export const RoomMembers = ({ of, again }: RoomMembersProps) => {
  const { call } = useAccount()
  const first = { rows: of.members, next: of.members_next }
  const { rows: members, more } = useFurther(first, async (cursor) => {
    const page = await call('admin/members', { room_id: of.room.code, cursor })
    return { rows: page.members, next: page.next }
  })
  const isOver = of.room.state === 'ended'
  // A server of the version before does not say who waits beyond the first page.
  const waiting = of.waiting ?? members.filter(({ status }) => status === 'PENDING')
  const count = of.waiting_count ?? waiting.length
  const others = members.filter(({ status }) => status !== 'PENDING')
  return (
    <>
      <Section title={words.room.waiting}>
        {waiting.length === 0 ? <p className="empty">{words.room.nobodyWaits}</p> : null}
        {waiting.length < count ? <p className="field-note">{words.room.firstOf(waiting.length, count)}</p> : null}
        <ul className="admin-rows">
          {waiting.map((member) => (
            <li key={member.id}>
              <MemberName member={member} />
            </li>
          ))}
        </ul>
      </Section>
      <Section title={words.room.members}>
        <ul className="admin-rows">
          {others.map((member) => (
            <li key={member.id}>
              <MemberName member={member} />
              {isOver ? null : <MemberActs code={of.room.code} member={member} again={again} />}
            </li>
          ))}
        </ul>
        {more === null ? null : <MoreButton more={more} />}
      </Section>
    </>
  )
}

const MemberName = ({ member }: { member: RoomMember }) => {
  const { muted_until } = member
  return (
    <p className="admin-row-title">
      <PersonLink id={member.id} name={member.display_name} />
      <Badges
        of={[
          member.is_host && words.room.hostRole,
          member.status !== 'APPROVED' && words.room.statuses[member.status],
          member.is_guest && words.room.guest,
          member.online && words.room.online,
          muted_until !== null && words.room.mutedUntil(dayAndTime(muted_until)),
        ]}
      />
    </p>
  )
}
