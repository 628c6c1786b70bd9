import { useEffect, useState } from 'react'
import { ApiError, type ClosureCode, openRoom, type RoomSession, roleOf } from '../../client/index.ts'
import { useAccount } from '../account/account-provider.tsx'
import { isLeaving } from '../room/leaving.ts'
import type { EndCode } from './ended.tsx'

/** How far somebody has come into a room. */
export type Entrance =
  | { at: 'door' }
  | { at: 'looking' }
  | { at: 'invite' }
  | { at: 'inside'; session: RoomSession; personId: string }
  | { at: 'ended'; code: EndCode }
  | { at: 'failed'; error: ApiError }

const unlessMember = (error: ApiError): Entrance => {
  if (error.code === 'not_a_member') return { at: 'invite' }
  return error.code === 'room_not_found' ? { at: 'ended', code: 'room_not_found' } : { at: 'failed', error }
}

/** Looks, where somebody may be a member already. */
const useLook = (code: string, entrance: Entrance, setEntrance: (entrance: Entrance) => void): void => {
  const { person, api, call } = useAccount()
  const personId = person?.id
  useEffect(() => {
    if (entrance.at === 'door') setEntrance({ at: personId === undefined ? 'invite' : 'looking' })
    if (entrance.at !== 'looking') return
    let isCurrent = true
    call('rooms/detail', { code }).then(
      () => {
        if (isCurrent && personId !== undefined)
          setEntrance({ at: 'inside', session: openRoom({ api, code }), personId })
      },
      (error: unknown) => {
        if (isCurrent && error instanceof ApiError) setEntrance(unlessMember(error))
      },
    )
    return () => {
      isCurrent = false
    }
  }, [entrance.at, personId, api, call, code, setEntrance])
}

const isSignedOut = (code: ClosureCode): boolean =>
  code === 'unauthorized' || code === 'signed_out' || code === 'expired'

/** Ends with the room's session, and closes the session with the page. */
const useEnding = (entrance: Entrance, setEntrance: (entrance: Entrance) => void): void => {
  const { expire } = useAccount()
  const session = entrance.at === 'inside' ? entrance.session : undefined
  const personInside = entrance.at === 'inside' ? entrance.personId : undefined
  useEffect(() => {
    if (session === undefined) return
    const cancel = session.store.subscribe(() => {
      const state = session.store.get()
      const { connection } = state
      if (connection.status !== 'closed' || (connection.code === 'left' && isLeaving(session))) return
      const isOwnRoom = personInside !== undefined && roleOf(state, personInside) === 'host'
      const isOwnEnd = isOwnRoom && connection.code === 'room_deleted'
      if (!isSignedOut(connection.code))
        setEntrance({ at: 'ended', code: isOwnEnd ? 'room_deleted_own' : connection.code })
      // Another tab keeps another token: in with that.
      else if (!expire()) setEntrance({ at: 'door' })
    })
    return () => {
      cancel()
      session.close()
    }
  }, [session, personInside, expire, setEntrance])
}

/** Members come straight in. Everybody else sees first what room it is. */
export const useEntrance = (code: string) => {
  const { person } = useAccount()
  const [entrance, setEntrance] = useState<Entrance>({ at: 'door' })
  useLook(code, entrance, setEntrance)
  useEnding(entrance, setEntrance)
  const personId = person?.id
  // Signed in as somebody else in another tab.
  useEffect(() => {
    if (entrance.at === 'inside' && personId !== undefined && personId !== entrance.personId)
      setEntrance({ at: 'door' })
  }, [entrance, personId])
  return { entrance, setEntrance }
}
