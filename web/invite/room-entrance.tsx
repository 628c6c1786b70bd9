import { Redirect } from 'wouter'
import { useAccount } from '../account/account-provider.tsx'
import { LoadFailure } from '../parts/failure.tsx'
import { Loading } from '../parts/loading.tsx'
import { PageFrame } from '../parts/page-frame.tsx'
import { RoomPage } from '../room/room-page.tsx'
import { Ended } from './ended.tsx'
import { Invite } from './invite.tsx'
import { NoSuchRoom } from './no-such-room.tsx'
import { useEntrance } from './use-entrance.ts'

/** Members come straight in; everybody else sees what room it is first. */
export const RoomEntrance = ({ code }: { code: string }) => {
  const { person, hasExpired } = useAccount()
  const { entrance, setEntrance } = useEntrance(code)

  if (person === null && (hasExpired || entrance.at === 'inside'))
    return <Redirect to={`/sign-in?next=${encodeURIComponent(`/r/${code}`)}`} replace />
  switch (entrance.at) {
    case 'door':
    case 'looking':
      return <Loading />
    case 'invite':
      return (
        <Invite
          code={code}
          onJoined={(inside) => setEntrance({ at: 'inside', ...inside })}
          onLookAgain={() => setEntrance({ at: 'door' })}
        />
      )
    case 'inside':
      return person === null ? <Loading /> : <RoomPage code={code} session={entrance.session} person={person} />
    case 'ended':
      return entrance.code === 'room_not_found' ? (
        <NoSuchRoom />
      ) : (
        <Ended code={entrance.code} onAgain={() => setEntrance({ at: 'door' })} />
      )
    case 'failed':
      return (
        <PageFrame>
          <LoadFailure error={entrance.error} retry={() => setEntrance({ at: 'door' })} />
        </PageFrame>
      )
    default:
      return entrance satisfies never
  }
}
