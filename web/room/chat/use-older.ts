import { useState } from 'react'
import { ApiError } from '../../../client/index.ts'
import { sentenceFor } from '../../parts/use-action.ts'
import { useRoom } from '../room-context.tsx'

/** Reads older messages, page by page. `failure` is a sentence; then somebody has to ask again. */
export const useOlder = () => {
  const { session } = useRoom()
  const [older, setOlder] = useState<'maybe' | 'loading' | 'none'>('maybe')
  const [failure, setFailure] = useState<string | null>(null)
  const read = async () => {
    setOlder('loading')
    setFailure(null)
    try {
      setOlder((await session.readOlder()) ? 'maybe' : 'none')
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      setFailure(sentenceFor(error))
      setOlder('maybe')
    }
  }
  return { isLoading: older === 'loading', mayRead: older === 'maybe' && failure === null, failure, read }
}
