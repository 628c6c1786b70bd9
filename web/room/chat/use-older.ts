import { useState } from 'react'
import { ApiError } from '../../../client/index.ts'
import { sentenceFor } from '../../parts/use-action.ts'
import { useRoom, useRoomState } from '../room-context.tsx'

/** A sentence, and the same once more. */
type Failure = { sentence: string; isOlder: boolean; again: () => Promise<void> }

/** Reads older messages, page by page, and leads back to the newest. Where older ones failed, somebody has to ask again. */
export const useOlder = () => {
  const { session } = useRoom()
  const oldest = useRoomState(({ messages }) => messages.at(0)?.id)
  /** The very first message of the room, once it was read. It may be let go again. */
  const [first, setFirst] = useState<string | undefined>()
  const [isLoading, setLoading] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const reading = async (isOlder: boolean, work: () => Promise<void>) => {
    setLoading(true)
    setFailure(null)
    try {
      await work()
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      setFailure({ sentence: sentenceFor(error), isOlder, again: () => reading(isOlder, work) })
    } finally {
      setLoading(false)
    }
  }
  const read = () =>
    reading(true, async () => {
      const isMore = await session.readOlder()
      setFirst(isMore ? undefined : session.store.get().messages.at(0)?.id)
    })
  const toNewest = (whenThere: () => void) =>
    reading(false, async () => {
      await session.readNewest()
      whenThere()
    })
  const isAtFirst = first !== undefined && oldest === first
  return { isLoading, mayRead: !isLoading && !isAtFirst && failure?.isOlder !== true, failure, read, toNewest }
}
