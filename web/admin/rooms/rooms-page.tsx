import { Link } from 'wouter'
import type { AdminRoom } from '../../../protocol/http/admin/rooms.ts'
import type { SentOf } from '../../../protocol/routes.ts'
import { useAccount } from '../../account/account-provider.tsx'
import { Badges } from '../parts/badges.tsx'
import { Heading } from '../parts/heading.tsx'
import { dayAndTime } from '../parts/moment.tsx'
import { PagedList } from '../parts/paged-list.tsx'
import { SearchForm } from '../parts/search-form.tsx'
import { SelectField } from '../parts/select-field.tsx'
import { type Filter, useFilter } from '../parts/use-filter.ts'
import { usePages } from '../parts/use-pages.ts'
import { words } from '../strings/strings.ts'
import { roomName } from './room-name.ts'

const asked = ['search', 'state', 'sort'] as const
const states = ['live', 'idle', 'ended'] as const
const sorts = ['activity', 'age', 'people'] as const

/** The order in which rooms come whatever is chosen; undefined where it is chosen. */
const onlyOrder = ({ search, state }: Filter<(typeof asked)[number]>): 'name' | 'age' | undefined => {
  if (search !== undefined) return 'name'
  return state === 'ended' ? 'age' : undefined
}

/** Every room that there is, to be found by what one knows of it. */
export const RoomsPage = () => {
  const { call } = useAccount()
  const [filter, change] = useFilter(asked)
  // What else stands in the address the server refuses in words.
  const request = filter as SentOf<'admin/rooms'>
  const order = onlyOrder(filter)
  const pages = usePages(JSON.stringify(filter), async (cursor) => {
    const { rooms, next } = await call('admin/rooms', { ...request, cursor })
    return { rows: rooms, next }
  })
  return (
    <>
      <div className="admin-head">
        <Heading>{words.rooms.title}</Heading>
      </div>
      <SearchForm
        label={words.rooms.search}
        value={filter.search ?? ''}
        onSearch={(search) => change({ ...filter, search })}
      >
        <SelectField
          label={words.rooms.state}
          value={filter.state ?? ''}
          options={[['', words.all], ...states.map((state) => [state, words.rooms.states[state]] as const)]}
          onChange={(state) => change({ ...filter, state })}
        />
        <SelectField
          label={words.rooms.sort}
          value={order === 'age' ? 'age' : (filter.sort ?? 'activity')}
          options={sorts.map((sort) => [sort, words.rooms.sorts[sort]] as const)}
          hint={order === undefined ? null : words.rooms.orders[order]}
          disabled={order !== undefined}
          onChange={(sort) => change({ ...filter, sort })}
        />
      </SearchForm>
      <PagedList pages={pages} empty={words.rooms.empty} idOf={({ code }) => code}>
        {(room) => <RoomRow room={room} />}
      </PagedList>
    </>
  )
}

const RoomRow = ({ room }: { room: AdminRoom }) => (
  <>
    <p className="admin-row-title">
      <Link href={`/admin/rooms/${room.code}`}>{roomName(room)}</Link>
      <code>{room.code}</code>
      <Badges of={[words.rooms.states[room.state], room.is_private && words.rooms.private]} />
    </p>
    <p className="admin-row-note">
      {[
        words.rooms.viewers(room.viewers),
        `${words.rooms.hostedBy}: ${room.host}`,
        room.media === null
          ? null
          : `${room.is_playing ? words.rooms.playing : words.rooms.paused}: ${room.media.title ?? room.media.url}`,
        `${words.rooms.active} ${dayAndTime(room.active_at)}`,
        `${words.rooms.created} ${dayAndTime(room.created_at)}`,
      ]
        .filter((part) => part !== null)
        .join(' · ')}
    </p>
  </>
)
