import { useEffect, useState } from 'react'

const QUIET_AFTER_MS = 8_000

/** Whether nothing has been said for a while. It begins anew when `isWatched` becomes true. */
export const useQuiet = (newestId: string, isWatched: boolean): boolean => {
  const [isQuiet, setQuiet] = useState(false)
  // biome-ignore lint/correctness/useExhaustiveDependencies: each message begins the wait anew
  useEffect(() => {
    setQuiet(false)
    if (!isWatched) return
    const timer = setTimeout(() => setQuiet(true), QUIET_AFTER_MS)
    return () => clearTimeout(timer)
  }, [newestId, isWatched])
  return isQuiet
}
