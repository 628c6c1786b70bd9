import { useEffect } from 'react'

/** Keeps the screen lit while something plays here: nobody touches the device during a film. */
export const useWakeLock = (isPlaying: boolean): void => {
  useEffect(() => {
    if (!isPlaying || !('wakeLock' in navigator)) return
    let isOver = false
    let held: WakeLockSentinel | undefined
    const take = async () => {
      if (document.visibilityState !== 'visible') return
      try {
        const lock = await navigator.wakeLock.request('screen')
        if (isOver) await lock.release()
        else held = lock
      } catch (error) {
        // Refused: the battery is low, or the page was hidden meanwhile. The screen then goes dark as it would.
        if (!(error instanceof DOMException)) throw error
      }
    }
    // The browser takes it back from a page that is hidden.
    const takeAgain = () => void take()
    document.addEventListener('visibilitychange', takeAgain)
    void take()
    return () => {
      isOver = true
      document.removeEventListener('visibilitychange', takeAgain)
      void held?.release()
    }
  }, [isPlaying])
}
