import { useEffect, useState } from 'react'
import { hasNoPicture, hasNoSound } from '../../players/what-is-missing.ts'

export type Missing = 'picture' | 'sound' | null

const CHECK_EVERY_MS = 1_000
/** Sound comes a little after the picture. */
const PLAYED_SECONDS = 3

/** What this browser cannot show of a file or stream, as far as the browser says. Embeds say nothing. */
export const useMissing = (element: HTMLVideoElement | null, isEmbedded: boolean): Missing => {
  const [missing, setMissing] = useState<Missing>(null)
  useEffect(() => {
    if (element === null || isEmbedded) return setMissing(null)
    let played = 0
    let before = element.currentTime
    const check = () => {
      const moved = element.currentTime - before
      before = element.currentTime
      if (moved > 0 && moved < 2) played += moved
      if (hasNoPicture(element)) setMissing('picture')
      else setMissing(played >= PLAYED_SECONDS && hasNoSound(element) ? 'sound' : null)
    }
    const timer = setInterval(check, CHECK_EVERY_MS)
    return () => clearInterval(timer)
  }, [element, isEmbedded])
  return missing
}
