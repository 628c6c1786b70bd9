import { useCallback, useEffect, useRef, useState } from 'react'

const IDLE_AFTER_MS = 2_500

/** Whether nothing has been touched for a while, as long as `isWatching`. */
export const useIdle = (isWatching: boolean): { isIdle: boolean; wake: () => void } => {
  const [isIdle, setIdle] = useState(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const wake = useCallback(() => {
    setIdle(false)
    clearTimeout(timer.current)
    if (isWatching) timer.current = setTimeout(() => setIdle(true), IDLE_AFTER_MS)
  }, [isWatching])
  useEffect(() => {
    wake()
    return () => clearTimeout(timer.current)
  }, [wake])
  return { isIdle, wake }
}
