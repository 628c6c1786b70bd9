import type { AdminPerson } from '../../../protocol/http/admin/people.ts'
import { useAccount } from '../../account/account-provider.tsx'
import { Badges } from '../parts/badges.tsx'
import { Heading } from '../parts/heading.tsx'
import { dayAndTime } from '../parts/moment.tsx'
import { PagedList } from '../parts/paged-list.tsx'
import { PersonLink } from '../parts/person-link.tsx'
import { SearchForm } from '../parts/search-form.tsx'
import { useFilter } from '../parts/use-filter.ts'
import { usePages } from '../parts/use-pages.ts'
import { words } from '../strings/strings.ts'

const asked = ['search'] as const

/** Everybody whom the service knows. */
export const PeoplePage = () => {
  const { call } = useAccount()
  const [filter, change] = useFilter(asked)
  const pages = usePages(JSON.stringify(filter), async (cursor) => {
    const { people, next } = await call('admin/people', { ...filter, cursor })
    return { rows: people, next }
  })
  return (
    <>
      <div className="admin-head">
        <Heading>{words.people.title}</Heading>
      </div>
      <SearchForm label={words.people.search} value={filter.search ?? ''} onSearch={(search) => change({ search })} />
      <PagedList pages={pages} empty={words.people.empty} idOf={({ id }) => id}>
        {(person) => <PersonRow person={person} />}
      </PagedList>
    </>
  )
}

/** What somebody is, in short words. */
export const PersonBadges = ({ person }: { person: Pick<AdminPerson, 'is_guest' | 'is_admin' | 'banned_at'> }) => (
  <Badges
    of={[
      person.is_guest ? words.people.guest : words.people.account,
      person.is_admin && words.people.admin,
      person.banned_at !== null && words.people.banned,
    ]}
  />
)

const PersonRow = ({ person }: { person: AdminPerson }) => (
  <>
    <p className="admin-row-title">
      <PersonLink id={person.id} name={person.display_name} />
      <PersonBadges person={person} />
    </p>
    <p className="admin-row-note">
      {person.email === null ? null : `${person.email} · `}
      {words.people.since} {dayAndTime(person.created_at)}
    </p>
  </>
)
