import { useState } from 'react'
import { ApiError } from '../../../client/index.ts'
import { sentenceFor } from '../../parts/use-action.ts'
import { useRoom, useRoomState } from '../room-context.tsx'

/** Reads older messages, page by page, and leads back to the newest. `failure` is a sentence; then somebody has to ask again. */
export const useOlder = () => {
  const { session } = useRoom()
  const oldest = useRoomState(({ messages }) => messages.at(0)?.id)
  /** The very first message of the room, once it was read. It may be let go again. */
  const [first, setFirst] = useState<string | undefined>()
  const [isLoading, setLoading] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  const reading = async (work: () => Promise<void>) => {
    setLoading(true)
    setFailure(null)
    try {
      await work()
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      setFailure(sentenceFor(error))
    } finally {
      setLoading(false)
    }
  }
  const read = () =>
    reading(async () => {
      const isMore = await session.readOlder()
      setFirst(isMore ? undefined : session.store.get().messages.at(0)?.id)
    })
  const toNewest = () => reading(session.readNewest)
  const isAtFirst = first !== undefined && oldest === first
  return { isLoading, mayRead: !isLoading && !isAtFirst && failure === null, failure, read, toNewest }
}
