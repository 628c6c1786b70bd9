import { Link } from 'wouter'
import type { AnswerOf } from '../../../protocol/routes.ts'
import { useAnswer } from '../../parts/use-answer.ts'
import { Answered } from '../parts/answered.tsx'
import { Facts } from '../parts/facts.tsx'
import { Heading } from '../parts/heading.tsx'
import { dayAndTime, Moment } from '../parts/moment.tsx'
import { Section } from '../parts/section.tsx'
import { words } from '../strings/strings.ts'
import { PersonBadges } from './people-page.tsx'
import { PersonActs } from './person-acts.tsx'
import { PersonRooms } from './person-rooms.tsx'

export type FullPerson = AnswerOf<'admin/person'>

/** One person in full, and what an administrator does about them. */
export const PersonPage = ({ id }: { id: string }) => {
  const person = useAnswer('admin/person', { user_id: id })
  return <Answered call={person}>{(answer, again) => <OnePerson of={answer} again={again} />}</Answered>
}

const OnePerson = ({ of, of: { person }, again }: { of: FullPerson; again: () => void }) => (
  <>
    <div className="admin-head">
      <Heading>{person.display_name}</Heading>
      <p>
        <PersonBadges person={person} />
      </p>
    </div>
    <div className="admin-columns">
      <section className="card">
        <Facts
          of={[
            [words.person.id, <code key="id">{person.id}</code>],
            person.email === null ? null : [words.person.email, person.email],
            [words.person.created, <Moment key="created" at={person.created_at} />],
            [
              words.person.seen,
              person.last_seen_at === null ? words.never : <Moment key="seen" at={person.last_seen_at} />,
            ],
            [words.person.network, <Network key="network" of={person} />],
            person.banned_at === null
              ? null
              : [words.person.bannedSince, <Moment key="banned" at={person.banned_at} />],
          ]}
        />
        <p>
          <Link href={`/admin/audit?by=${encodeURIComponent(person.id)}`}>{words.person.decided}</Link>
        </p>
        <p>
          <Link href={`/admin/audit?whom=${encodeURIComponent(person.id)}`}>{words.person.wasDecided}</Link>
        </p>
      </section>
      <Section title={words.person.acts}>
        <PersonActs person={person} again={again} />
      </Section>
    </div>
    <PersonRooms of={of} />
  </>
)

/** Of their last sign-in: whether it is known, and whether it is banned. */
const Network = ({ of: { is_network_known, network_ban } }: { of: FullPerson['person'] }) => {
  if (network_ban == null) return is_network_known ? words.person.networkKnown : words.unknown
  return <Link href="/admin/networks">{words.person.networkBanned(dayAndTime(network_ban.until))}</Link>
}
