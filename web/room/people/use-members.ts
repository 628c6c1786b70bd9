import { useCallback, useEffect, useState } from 'react'
import { ApiError } from '../../../client/index.ts'
import type { AnswerOf } from '../../../protocol/routes.ts'
import { useAccount } from '../../account/account-provider.tsx'
import { useRoom, useRoomState } from '../room-context.tsx'

export type Member = AnswerOf<'rooms/participants'>['participants'][number]

/** News come in bursts (a room fills up): one question answers them all. */
const SETTLE_MS = 250
const MOST_PAGES = 20

/** Every member with their status, as the server tells its host; read again whenever something is heard of one. */
export const useMembers = (): { members: readonly Member[]; refresh: () => void } => {
  const { call } = useAccount()
  const { code } = useRoom()
  const people = useRoomState((state) => state.people.list)
  const requests = useRoomState((state) => state.requests)
  const [members, setMembers] = useState<readonly Member[]>([])
  const [turn, setTurn] = useState(0)

  // biome-ignore lint/correctness/useExhaustiveDependencies: whoever comes, goes or asks is a reason to read again
  useEffect(() => {
    let isCurrent = true
    const read = async () => {
      const found: Member[] = []
      let cursor: string | undefined
      for (let page = 0; page < MOST_PAGES; page += 1) {
        const answer = await call('rooms/participants', { room_id: code, ...(cursor === undefined ? {} : { cursor }) })
        found.push(...answer.participants)
        if (answer.next === null) break
        cursor = answer.next
      }
      if (isCurrent) setMembers(found)
    }
    const timer = setTimeout(() => {
      read().catch((error: unknown) => {
        // The list stays as it was; the next event reads it again.
        if (!(error instanceof ApiError)) throw error
      })
    }, SETTLE_MS)
    return () => {
      isCurrent = false
      clearTimeout(timer)
    }
  }, [call, code, people, requests, turn])

  const refresh = useCallback(() => setTurn((before) => before + 1), [])
  return { members, refresh }
}
