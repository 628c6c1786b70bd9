import { useEffect, useRef } from 'react'

/** Does something at once and then again and again, while the page is visible; and where that was due, when it is again. */
export const useWhileVisible = (everyMs: number, work: () => void): void => {
  const latest = useRef(work)
  latest.current = work
  useEffect(() => {
    let doneAt = Number.NEGATIVE_INFINITY
    const doWhereDue = () => {
      if (document.visibilityState !== 'visible' || performance.now() - doneAt < everyMs) return
      doneAt = performance.now()
      latest.current()
    }
    doWhereDue()
    // More often than it is due, because timers of a page that was hidden come late.
    const timer = setInterval(doWhereDue, everyMs / 10)
    document.addEventListener('visibilitychange', doWhereDue)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', doWhereDue)
    }
  }, [everyMs])
}
