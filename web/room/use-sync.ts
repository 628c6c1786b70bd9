import { useEffect, useState } from 'react'
import { serverTime } from '../../client/index.ts'
import { positionAt } from '../../protocol/playback.ts'
import { useRoom } from './room-context.tsx'

export type Sync =
  | { status: 'connecting' | 'reconnecting' | 'paused' | 'catchingUp' }
  | { status: 'inStep'; milliseconds: number }

const LOOK_EVERY_MS = 250
const ERRORS_KEPT = 5
/** Up to here a person sees and hears no difference. */
const IN_STEP_MS = 80

const median = (values: readonly number[]): number =>
  [...values].sort((one, other) => one - other)[values.length >> 1] ?? 0

/** How the connection stands, and how far this player is from the room. */
export const useSync = (element: HTMLVideoElement | null): Sync => {
  const { session } = useRoom()
  const [sync, setSync] = useState<Sync>({ status: 'connecting' })
  useEffect(() => {
    let errors: readonly number[] = []
    let wasOpen = false
    let shownAt = 0
    const look = (): Sync => {
      const { connection, playback, media } = session.store.get()
      if (connection.status !== 'open') {
        errors = []
        return { status: wasOpen ? 'reconnecting' : 'connecting' }
      }
      wasOpen = true
      const clock = session.clock()
      if (playback === null || !playback.is_playing || element === null || clock === null) return { status: 'paused' }
      const now = serverTime(clock, performance.now())
      const duration = Number.isFinite(element.duration) ? element.duration : (media?.duration ?? null)
      const position = positionAt(playback, now, duration)
      if (duration !== null && position >= duration) return { status: 'paused' }
      if (element.paused || element.seeking) errors = []
      else errors = [...errors, (element.currentTime - position) * 1000].slice(-ERRORS_KEPT)
      const error = Math.abs(median(errors))
      return errors.length >= 3 && error <= IN_STEP_MS
        ? { status: 'inStep', milliseconds: Math.round(error) }
        : { status: 'catchingUp' }
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
  }, [session, element])
  return sync
}
