import { use } from 'react'
import { Link, Redirect, Route, Switch, useLocation, useSearch } from 'wouter'
import { useAccount } from '../account/account-provider.tsx'
import { NotFoundPage } from '../parts/not-found-page.tsx'
import { PageFrame } from '../parts/page-frame.tsx'
import { useAnswer } from '../parts/use-answer.ts'
import '../styles/admin.css'
import { AuditPage } from './audit/audit-page.tsx'
import { NetworksPage } from './networks/networks-page.tsx'
import { NotAdmin } from './not-admin.tsx'
import { NowPage } from './now/now-page.tsx'
import { DoneNote } from './parts/done.tsx'
import { PeoplePage } from './people/people-page.tsx'
import { PersonPage } from './people/person-page.tsx'
import { RoomPage } from './rooms/room-page.tsx'
import { RoomsPage } from './rooms/rooms-page.tsx'
import { ServicePage } from './service/service-page.tsx'
import { loadWords, words } from './strings/strings.ts'

const sections = ['now', 'rooms', 'people', 'networks', 'audit', 'service'] as const
type SectionName = (typeof sections)[number]

const pathOf = (section: SectionName): string => (section === 'now' ? '/admin' : `/admin/${section}`)

/** Undefined where no page is. Rooms and people have pages of their own, each. */
const sectionAt = (path: string): SectionName | undefined => {
  const [, , name = 'now', one, ...more] = path.replace(/\/$/, '').split('/')
  const isPage = more.length === 0 && (one === undefined || name === 'rooms' || name === 'people')
  return isPage ? sections.find((section) => section === name) : undefined
}

/** What whoever runs the service sees and decides. The server says who that is, at every call. */
export const Administration = () => {
  use(loadWords())
  const { person } = useAccount()
  const [path] = useLocation()
  const search = useSearch()
  if (person === null) {
    const here = search === '' ? path : `${path}?${search}`
    return <Redirect to={`/sign-in?account&next=${encodeURIComponent(here)}`} replace />
  }
  const section = sectionAt(path)
  if (section === undefined) return <NotFoundPage />
  return <AdministrationOf key={person.id} name={person.name} section={section} />
}

const AdministrationOf = ({ name, section }: { name: string; section: SectionName }) => {
  const me = useAnswer('auth/me', {})
  if (me.status === 'ready' && me.answer.is_admin !== true) return <NotAdmin name={name} />
  return (
    <PageFrame title={`${words.sections[section]} · ${words.title}`}>
      <div className="admin">
        <nav aria-label={words.title} className="admin-sections">
          {sections.map((one) => (
            <Link key={one} href={pathOf(one)} aria-current={one === section ? 'page' : undefined}>
              {words.sections[one]}
            </Link>
          ))}
        </nav>
        <DoneNote>
          <Switch>
            <Route path="/admin" component={NowPage} />
            <Route path="/admin/rooms" component={RoomsPage} />
            <Route path="/admin/rooms/:code">{({ code }) => <RoomPage key={code} code={code} />}</Route>
            <Route path="/admin/people" component={PeoplePage} />
            <Route path="/admin/people/:id">{({ id }) => <PersonPage key={id} id={id} />}</Route>
            <Route path="/admin/networks" component={NetworksPage} />
            <Route path="/admin/audit" component={AuditPage} />
            <Route path="/admin/service" component={ServicePage} />
          </Switch>
        </DoneNote>
      </div>
    </PageFrame>
  )
}
