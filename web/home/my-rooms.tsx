import { LoadFailure } from '../parts/failure.tsx'
import { Loading } from '../parts/loading.tsx'
import { useAnswer } from '../parts/use-answer.ts'
import { strings } from '../strings/strings.ts'
import { RoomList } from './room-list.tsx'

export const MyRooms = () => {
  const rooms = useAnswer('rooms/mine', {})
  return (
    <section aria-labelledby="mine-title">
      <h2 id="mine-title">{strings.myRooms.title}</h2>
      {rooms.status === 'loading' ? <Loading /> : null}
      {rooms.status === 'failed' ? <LoadFailure error={rooms.error} retry={rooms.retry} /> : null}
      {rooms.status === 'ready' && rooms.answer.rooms.length === 0 ? (
        <p className="empty">{strings.myRooms.empty}</p>
      ) : null}
      {rooms.status === 'ready' ? (
        <RoomList
          rooms={rooms.answer.rooms.map(({ code, name, host, is_host, is_private }) => ({
            code,
            title: name ?? strings.roomOf(host),
            note: is_host ? strings.myRooms.yours : strings.myRooms.hostedBy(host),
            isPrivate: is_private,
          }))}
        />
      ) : null}
    </section>
  )
}
