import { useEffect, useState } from 'react'
import { Redirect } from 'wouter'
import { ApiError, openRoom, type RoomSession } from '../../client/index.ts'
import { useAccount } from '../account/account-provider.tsx'
import { LoadFailure } from '../parts/failure.tsx'
import { Loading } from '../parts/loading.tsx'
import { PageFrame } from '../parts/page-frame.tsx'
import { isLeaving } from '../room/leaving.ts'
import { RoomPage } from '../room/room-page.tsx'
import { type EndCode, Ended } from './ended.tsx'
import { Invite } from './invite.tsx'
import { NoSuchRoom } from './no-such-room.tsx'

type Where =
  | { at: 'door' }
  | { at: 'looking' }
  | { at: 'invite' }
  | { at: 'inside'; session: RoomSession; personId: string }
  | { at: 'ended'; code: EndCode }
  | { at: 'failed'; error: ApiError }

const unlessMember = (error: ApiError): Where => {
  if (error.code === 'not_a_member') return { at: 'invite' }
  return error.code === 'room_not_found' ? { at: 'ended', code: 'room_not_found' } : { at: 'failed', error }
}

/** Members come straight in; everybody else sees what room it is first. */
export const RoomEntrance = ({ code }: { code: string }) => {
  const { person, api, call, expire, hasExpired } = useAccount()
  const [where, setWhere] = useState<Where>({ at: 'door' })
  const personId = person?.id

  // At the door it shows who comes: nobody yet, or somebody who may be a member already.
  useEffect(() => {
    if (where.at === 'door') setWhere({ at: personId === undefined ? 'invite' : 'looking' })
    if (where.at !== 'looking') return
    let isCurrent = true
    call('rooms/detail', { code }).then(
      () => {
        if (isCurrent && personId !== undefined) setWhere({ at: 'inside', session: openRoom({ api, code }), personId })
      },
      (error: unknown) => {
        if (isCurrent && error instanceof ApiError) setWhere(unlessMember(error))
      },
    )
    return () => {
      isCurrent = false
    }
  }, [where.at, personId, api, call, code])

  const session = where.at === 'inside' ? where.session : undefined
  const personInside = where.at === 'inside' ? where.personId : undefined
  useEffect(() => {
    if (session === undefined) return
    const cancel = session.store.subscribe(() => {
      const { connection, room } = session.store.get()
      if (connection.status !== 'closed' || (connection.code === 'left' && isLeaving(session))) return
      const isOwnRoom = room !== null && room.host_id === personInside
      if (connection.code === 'unauthorized' || connection.code === 'signed_out') expire()
      else
        setWhere({
          at: 'ended',
          code: isOwnRoom && connection.code === 'room_deleted' ? 'room_deleted_own' : connection.code,
        })
    })
    return () => {
      cancel()
      session.close()
    }
  }, [session, personInside, expire])

  // Signed out, or in as somebody else, in another tab.
  useEffect(() => {
    if (where.at === 'inside' && personId !== undefined && personId !== where.personId) setWhere({ at: 'door' })
  }, [where, personId])

  if (personId === undefined && (hasExpired || where.at === 'inside'))
    return <Redirect to={`/sign-in?next=${encodeURIComponent(`/r/${code}`)}`} replace />
  switch (where.at) {
    case 'door':
    case 'looking':
      return <Loading />
    case 'invite':
      return (
        <Invite
          code={code}
          onJoined={(joined, joinedAs) => setWhere({ at: 'inside', session: joined, personId: joinedAs })}
        />
      )
    case 'inside':
      return person === null ? <Loading /> : <RoomPage code={code} session={where.session} person={person} />
    case 'ended':
      return where.code === 'room_not_found' ? (
        <NoSuchRoom />
      ) : (
        <Ended code={where.code} onAgain={() => setWhere({ at: 'door' })} />
      )
    case 'failed':
      return (
        <PageFrame>
          <LoadFailure error={where.error} retry={() => setWhere({ at: 'door' })} />
        </PageFrame>
      )
    default:
      return where satisfies never
  }
}
