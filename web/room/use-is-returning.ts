import { useEffect, useState } from 'react'
import { useAccount } from '../account/account-provider.tsx'
import { useRoom, useRoomState } from './room-context.tsx'

/**
 * Whether this person may take the room back from who stands in for them. For as long as they may, nobody removes or
 * mutes them, and nobody deletes the room. Only the server knows who cannot come back any more; without its answer they
 * can.
 * @param userId null for nobody
 */
export const useIsReturning = (userId: string | null): boolean => {
  const { call } = useAccount()
  const { code } = useRoom()
  const isStoodInFor = useRoomState(({ room }) => userId !== null && room?.stands_in_for === userId)
  const [isGone, setGone] = useState(false)
  useEffect(() => {
    setGone(false)
    if (!isStoodInFor) return
    let isWanted = true
    call('rooms/heir', { room_id: code }).then(
      ({ returning }) => isWanted && setGone(returning === null),
      () => undefined,
    )
    return () => {
      isWanted = false
    }
  }, [isStoodInFor, call, code])
  return isStoodInFor && !isGone
}
