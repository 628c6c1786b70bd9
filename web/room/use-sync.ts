import { useEffect, useState } from 'react'
import { isEmbedded } from '../players/source.ts'
import { useRoom, useRoomState } from './room-context.tsx'

export type Sync =
  | { status: 'connecting' | 'reconnecting' | 'paused' | 'catchingUp' | 'live' }
  | { status: 'inStep'; milliseconds: number }

const LOOK_EVERY_MS = 250
/** Up to here a person sees and hears no difference; embeds, which are only ever seeked, are left alone up to the second. */
const IN_STEP_MS = 80
const EMBED_IN_STEP_MS = 400

/**
 * How the connection stands, and how far this player is from the room: what it is off by its own clock, and what that
 * clock is not sure of, together. The truth is never more than that.
 */
export const useSync = (element: HTMLVideoElement | null): Sync => {
  const { session } = useRoom()
  const limit = useRoomState(({ media }) => (isEmbedded(media?.url) ? EMBED_IN_STEP_MS : IN_STEP_MS))
  const [sync, setSync] = useState<Sync>({ status: 'connecting' })
  useEffect(() => {
    let wasOpen = false
    let shownAt = 0
    const look = (): Sync => {
      const { connection, player } = session.store.get()
      if (connection.status !== 'open') return { status: wasOpen ? 'reconnecting' : 'connecting' }
      wasOpen = true
      const clock = session.clock()
      if (element === null || clock === null || session.phase() === 'paused') return { status: 'paused' }
      if (player.live === 'edge') return { status: element.paused ? 'catchingUp' : 'live' }
      const drift = session.drift()
      if (drift === null || Math.abs(drift) > limit) return { status: 'catchingUp' }
      return { status: 'inStep', milliseconds: Math.ceil(Math.abs(drift) + clock.uncertainty) }
    }
    const timer = setInterval(() => {
      const next = look()
      const now = performance.now()
      setSync((before) => {
        // The number at a pace that can be read; a change of state at once.
        if (before.status === next.status && (next.status !== 'inStep' || now - shownAt < 1_000)) return before
        shownAt = now
        return next
      })
    }, LOOK_EVERY_MS)
    return () => clearInterval(timer)
  }, [session, element, limit])
  return sync
}
