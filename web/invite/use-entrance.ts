import { useEffect, useRef, useState } from 'react'
import { type Api, ApiError, type ClosureCode, openRoom, type RoomSession, roleOf } from '../../client/index.ts'
import { useAccount } from '../account/account-provider.tsx'
import { isLeaving } from '../room/leaving.ts'
import type { EndCode } from './ended.tsx'
import { forgetWish } from './wish.ts'
import { endWithdrawal, isWithdrawing } from './withdrawal.ts'

/** A room that somebody is in, and who that is: the calls that they came in by, and their id. */
export type Inside = { session: RoomSession; api: Api; personId: string }

/** How far somebody has come into a room. */
export type Entrance =
  | { at: 'door' }
  | { at: 'looking' }
  | { at: 'invite' }
  | ({ at: 'inside' } & Inside)
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
    if (entrance.at !== 'looking' || personId === undefined) return
    let isCurrent = true
    // Somebody who is not in the room has not come again: their withdrawal goes on.
    const look = async () => {
      const wasWithdrawing = isWithdrawing(code, personId)
      await call('rooms/detail', { code })
      await endWithdrawal(code, personId)
      // A leave that was on its way may have arrived since, and then this person is out again.
      if (wasWithdrawing) await call('rooms/detail', { code })
    }
    look().then(
      () => {
        if (isCurrent) setEntrance({ at: 'inside', session: openRoom({ api, code }), api, personId })
      },
      (error: unknown) => {
        if (!(error instanceof ApiError)) throw error
        if (isCurrent) setEntrance(unlessMember(error))
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
  const inside = entrance.at === 'inside' ? entrance : undefined
  useEffect(() => {
    if (inside === undefined) return
    const { session, api, personId } = inside
    const cancel = session.store.subscribe(() => {
      const state = session.store.get()
      const { connection } = state
      if (connection.status !== 'closed' || (connection.code === 'left' && isLeaving(session))) return
      const isOwnEnd = roleOf(state, personId) === 'host' && connection.code === 'room_deleted'
      if (!isSignedOut(connection.code))
        setEntrance({ at: 'ended', code: isOwnEnd ? 'room_deleted_own' : connection.code })
      // Another tab keeps another token: in with that.
      else if (!expire(api)) setEntrance({ at: 'door' })
    })
    return () => {
      cancel()
      session.close()
    }
  }, [inside, expire, setEntrance])
}

/**
 * Another tab has signed in as somebody else, or out. What was found out and begun as the one before ends, and the page
 * begins anew. Whoever was inside and is nobody now is led to sign in.
 */
const useAnother = (code: string, { at }: Entrance, setEntrance: (entrance: Entrance) => void): void => {
  const { person } = useAccount()
  const personId = person?.id
  const known = useRef(personId)
  useEffect(() => {
    const before = known.current
    known.current = personId
    if (before === undefined || before === personId) return
    forgetWish(code, before)
    // At the door it begins anew anyhow.
    if (at !== 'door' && at !== 'ended' && !(at === 'inside' && personId === undefined)) setEntrance({ at: 'door' })
  }, [code, personId, at, setEntrance])
}

/** Members come straight in. Everybody else sees first what room it is. */
export const useEntrance = (code: string) => {
  const [entrance, setEntrance] = useState<Entrance>({ at: 'door' })
  useLook(code, entrance, setEntrance)
  useEnding(entrance, setEntrance)
  useAnother(code, entrance, setEntrance)
  return { entrance, setEntrance }
}
