import { useEffect, useState } from 'react'
import { heirAmong } from '../../../protocol/heirs.ts'
import { HOST_AWAY_SECONDS } from '../../../protocol/limits.ts'
import { useAccount } from '../../account/account-provider.tsx'
import { useIsHostAway, useRoom, useRoomState } from '../room-context.tsx'

/** Whether the host has been away for as long as the server asks before somebody may take over. */
const useIsDue = (isAway: boolean): boolean => {
  const [isDue, setDue] = useState(false)
  useEffect(() => {
    if (!isAway) return setDue(false)
    const timer = setTimeout(() => setDue(true), HOST_AWAY_SECONDS * 1000)
    return () => clearTimeout(timer)
  }, [isAway])
  return isDue
}

const ASKS_EVERY_MS = 60_000

/**
 * Whether the server names this person as the heir, where only the server can know. A host whose account is gone cannot
 * come back, and one who left before this page was loaded may have been away for long. Those who may be the heir ask,
 * at once and then once a minute while the host is away. No answer is taken for a no.
 */
const useIsNamedHeir = (asks: boolean): boolean => {
  const { call } = useAccount()
  const { code, person } = useRoom()
  const [isNamed, setNamed] = useState(false)
  useEffect(() => {
    if (!asks) return setNamed(false)
    let isWanted = true
    const note = (heir: string | null) => {
      if (isWanted) setNamed(heir === person.id)
    }
    const ask = () =>
      call('rooms/heir', { room_id: code }).then(
        ({ user_id }) => note(user_id),
        () => note(null),
      )
    void ask()
    const timer = setInterval(() => void ask(), ASKS_EVERY_MS)
    return () => {
      isWanted = false
      clearInterval(timer)
    }
  }, [asks, call, code, person.id])
  return isNamed
}

/** Whether this person may take the room over now. */
export const useMayTakeOver = (): boolean => {
  const { person } = useRoom()
  const isAway = useIsHostAway()
  const isDue = useIsDue(isAway)
  const isHeir = useRoomState(({ people, room }) => room !== null && heirAmong(people.list, room) === person.id)
  const isFirst = useRoomState(
    ({ people, room }) => room !== null && heirAmong(people.list, { ...room, heirs: 'MEMBERS' }) === person.id,
  )
  const isNamed = useIsNamedHeir(isAway && (isFirst || isHeir))
  return isNamed || (isDue && isHeir)
}
