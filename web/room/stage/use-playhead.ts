import { useEffect, useState } from 'react'
import { type Phase, shownDuration } from '../../../client/index.ts'
import { isLoading } from '../../players/media-player.ts'
import { useRoom } from '../room-context.tsx'

export type Playhead = {
  position: number
  duration: number | null
  phase: Phase
  isBuffering: boolean
  isLive: boolean
}

const UPDATE_EVERY_MS = 200

const start: Playhead = { position: 0, duration: null, phase: 'paused', isBuffering: false, isLive: false }

/** Where the room is, for showing: looked at a few times a second and at every change. */
export const usePlayhead = (element: HTMLVideoElement | null): Playhead => {
  const { session } = useRoom()
  const [playhead, setPlayhead] = useState(start)
  useEffect(() => {
    const update = () => {
      const state = session.store.get()
      const phase = session.phase()
      const next: Playhead = {
        position: session.position(),
        duration: shownDuration(state),
        phase,
        isBuffering: phase === 'playing' && element !== null && isLoading(element),
        isLive: state.player.live !== null,
      }
      const keys = Object.keys(next) as (keyof Playhead)[]
      setPlayhead((before) => (keys.every((key) => before[key] === next[key]) ? before : next))
    }
    update()
    const timer = setInterval(update, UPDATE_EVERY_MS)
    const cancel = session.store.subscribe(update)
    return () => {
      clearInterval(timer)
      cancel()
    }
  }, [session, element])
  return playhead
}
