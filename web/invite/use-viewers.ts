import { useEffect, useState } from 'react'
import { ApiError } from '../../client/index.ts'
import { useAccount } from '../account/account-provider.tsx'

const LOOK_EVERY_MS = 15_000

/** How many are in the room, asked again and again while somebody waits at its door. */
export const useViewers = (code: string, first: number, isWaiting: boolean): number => {
  const { call } = useAccount()
  const [viewers, setViewers] = useState(first)
  useEffect(() => {
    if (!isWaiting) return
    const look = async () => {
      try {
        setViewers((await call('rooms/preview', { code })).viewers)
      } catch (error) {
        // What was known stays; the wait itself tells what goes wrong.
        if (!(error instanceof ApiError)) throw error
      }
    }
    void look()
    const timer = setInterval(() => void look(), LOOK_EVERY_MS)
    return () => clearInterval(timer)
  }, [code, call, isWaiting])
  return viewers
}
