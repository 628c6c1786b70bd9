import { useEffect, useState } from 'react'
import { ApiError } from '../../client/index.ts'
import { useAccount } from '../account/account-provider.tsx'

const READ_EVERY_MS = 15_000

/** How many are in the room: `first`, as the page was told, and read again and again while somebody waits at its door. */
export const useViewers = (code: string, first: number, isWaiting: boolean): number => {
  const { call } = useAccount()
  const [viewers, setViewers] = useState(first)
  useEffect(() => setViewers(first), [first])
  useEffect(() => {
    if (!isWaiting) return
    const read = async () => {
      try {
        setViewers((await call('rooms/preview', { code })).viewers)
      } catch (error) {
        // What was known stays; the wait itself tells what goes wrong.
        if (!(error instanceof ApiError)) throw error
      }
    }
    void read()
    const timer = setInterval(() => void read(), READ_EVERY_MS)
    return () => clearInterval(timer)
  }, [code, call, isWaiting])
  return viewers
}
