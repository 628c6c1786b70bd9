import { type PointerEvent, useState } from 'react'
import { formatTime } from '../format-time.ts'

/** Where the pointer is along the bar, between 0 and 1; null while it is elsewhere. A finger covers what it points at. */
export const useHover = () => {
  const [share, setShare] = useState<number | null>(null)
  const follow = (event: PointerEvent<HTMLElement>) => {
    if (event.pointerType === 'touch') return
    const { left, width } = event.currentTarget.getBoundingClientRect()
    setShare(Math.min(1, Math.max(0, (event.clientX - left) / width)))
  }
  return { share, handlers: { onPointerMove: follow, onPointerLeave: () => setShare(null) } }
}

/** The time that a click there would lead to. For the eye only: the slider tells its own value. */
export const HoverTime = ({ share, duration }: { share: number | null; duration: number | null }) =>
  share === null || duration === null ? null : (
    <span className="hover-time" aria-hidden="true" style={{ '--at': share }}>
      {formatTime(share * duration)}
    </span>
  )
