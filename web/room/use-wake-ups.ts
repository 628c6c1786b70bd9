import { useEffect } from 'react'
import { useRoom } from './room-context.tsx'

/** The page knows of some things before any timer does: it was hidden and is seen again, or the network went. */
export const useWakeUps = (): void => {
  const { session } = useRoom()
  useEffect(() => {
    const check = () => {
      if (document.visibilityState === 'visible') session.wake()
    }
    // A line that is gone is found out by asking along it.
    addEventListener('offline', session.wake)
    document.addEventListener('visibilitychange', check)
    return () => {
      removeEventListener('offline', session.wake)
      document.removeEventListener('visibilitychange', check)
    }
  }, [session])
}
