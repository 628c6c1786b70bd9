import { useCallback, useEffect, useState } from 'react'

/** Whole seconds until something may be done again; 0 when it may. */
export const useCountdown = (): { seconds: number; start: (seconds: number) => void } => {
  const [until, setUntil] = useState(0)
  const [seconds, setSeconds] = useState(0)
  useEffect(() => {
    if (until === 0) return
    const count = () => {
      const left = Math.max(0, Math.ceil((until - performance.now()) / 1000))
      setSeconds(left)
      if (left === 0) setUntil(0)
    }
    count()
    const timer = setInterval(count, 250)
    return () => clearInterval(timer)
  }, [until])
  const start = useCallback((wait: number) => {
    setSeconds(Math.ceil(wait))
    setUntil(performance.now() + wait * 1000)
  }, [])
  return { seconds, start }
}
