import { useAccount } from '../account/account-provider.tsx'
import { PageFrame } from '../parts/page-frame.tsx'
import { strings } from '../strings/strings.ts'
import '../styles/home.css'
import { CreateRoom } from './create-room.tsx'
import { JoinByCode } from './join-by-code.tsx'
import { MyRooms } from './my-rooms.tsx'
import { PublicRooms } from './public-rooms.tsx'
import { RoomPicture } from './room-picture.tsx'

export const HomePage = () => {
  const { person } = useAccount()
  return (
    <PageFrame>
      <div className="home">
        <div className="home-start">
          <section className="home-intro">
            <h1>{strings.home.title}</h1>
            <p>{strings.home.text}</p>
          </section>
          <CreateRoom />
        </div>
        <div className="home-side">
          <RoomPicture />
          <JoinByCode />
          {person === null ? null : <MyRooms key={person.id} />}
          <PublicRooms />
        </div>
      </div>
    </PageFrame>
  )
}
