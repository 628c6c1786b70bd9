import { useEffect } from 'react'
import type { Member } from '../../../client/index.ts'
import { useRoom, useRoomState } from '../room-context.tsx'

/** Every member with their status, as the server tells its host, kept up to date while this is on the page. */
export const useMembers = (): { members: readonly Member[]; refresh: () => void } => {
  const { session } = useRoom()
  const members = useRoomState((state) => state.members)
  useEffect(() => session.watchMembers(), [session])
  return { members, refresh: session.refreshMembers }
}
