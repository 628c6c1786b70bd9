import { LoadFailure } from '../parts/failure.tsx'
import { Loading } from '../parts/loading.tsx'
import { useAnswer } from '../parts/use-answer.ts'
import { strings } from '../strings/strings.ts'
import { RoomList } from './room-list.tsx'

export const PublicRooms = () => {
  const rooms = useAnswer('rooms/public', {})
  return (
    <section aria-labelledby="public-title">
      <div className="section-header">
        <h2 id="public-title">{strings.publicRooms.title}</h2>
        {rooms.status === 'ready' ? (
          <button type="button" className="link-button" onClick={rooms.again}>
            {strings.refresh}
          </button>
        ) : null}
      </div>
      {rooms.status === 'loading' ? <Loading /> : null}
      {rooms.status === 'failed' ? <LoadFailure error={rooms.error} retry={rooms.retry} /> : null}
      {rooms.status === 'ready' && rooms.answer.rooms.length === 0 ? (
        <p className="empty">{strings.publicRooms.empty}</p>
      ) : null}
      {rooms.status === 'ready' ? (
        <RoomList
          rooms={rooms.answer.rooms.map(({ code, name, host, viewers }) => ({
            code,
            title: name ?? strings.roomOf(host),
            note: strings.publicRooms.note(host, viewers),
            isPrivate: false,
          }))}
        />
      ) : null}
    </section>
  )
}
