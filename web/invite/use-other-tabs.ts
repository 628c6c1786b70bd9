import { useEffect, useRef } from 'react'
import { NOTE_RENEWED_EVERY_MS, noteWish, onWithdrawn } from './wish.ts'

/** While this tab waits as somebody, the other tabs know, and whoever withdraws the wish in one of them ends the wait here. */
export const useOtherTabs = (code: string, waitsAs: string | undefined, onWithdraw: () => void): void => {
  const latest = useRef(onWithdraw)
  latest.current = onWithdraw
  useEffect(() => {
    if (waitsAs === undefined) return
    const timer = setInterval(() => noteWish(code, waitsAs), NOTE_RENEWED_EVERY_MS)
    const cancel = onWithdrawn(code, () => latest.current())
    return () => {
      clearInterval(timer)
      cancel()
    }
  }, [code, waitsAs])
}
