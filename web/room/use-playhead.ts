import { useEffect, useState } from 'react'
import type { Phase } from '../../client/index.ts'
import { useRoom } from './room-context.tsx'

export type Playhead = { position: number; duration: number | null; phase: Phase; isBuffering: boolean }

const LOOK_EVERY_MS = 200
const HAVE_FUTURE_DATA = 3

/** Where the room is, for showing: looked at a few times a second and at every change. */
export const usePlayhead = (element: HTMLVideoElement | null): Playhead => {
  const { session } = useRoom()
  const [playhead, setPlayhead] = useState<Playhead>({
    position: 0,
    duration: null,
    phase: 'paused',
    isBuffering: false,
  })
  useEffect(() => {
    const look = () => {
      const length = element?.duration ?? Number.NaN
      const duration = Number.isFinite(length) && length > 0 ? length : (session.store.get().media?.duration ?? null)
      const position = Math.min(session.position(), duration ?? Number.POSITIVE_INFINITY)
      const isOver = duration !== null && position >= duration
      const phase = isOver ? 'paused' : session.phase()
      const isLoading = element !== null && (element.readyState < HAVE_FUTURE_DATA || element.seeking)
      const isBuffering = phase === 'playing' && isLoading
      setPlayhead((before) =>
        before.position === position &&
        before.duration === duration &&
        before.phase === phase &&
        before.isBuffering === isBuffering
          ? before
          : { position, duration, phase, isBuffering },
      )
    }
    look()
    const timer = setInterval(look, LOOK_EVERY_MS)
    const cancel = session.store.subscribe(look)
    return () => {
      clearInterval(timer)
      cancel()
    }
  }, [session, element])
  return playhead
}
