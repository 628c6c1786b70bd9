import { useEffect, useRef, useState } from 'react'
import { isOver, type RoomSession, shownDuration } from '../../../client/index.ts'
import { isEmbedded } from '../../players/source.ts'
import { usePageState } from '../page-state.tsx'
import { useRoom, useRoomState } from '../room-context.tsx'
import type { MediaStatus } from './use-media.ts'

export type Sync =
  | { status: 'connecting' | 'reconnecting' | 'noVideo' | 'loading' | 'failed' }
  | { status: 'paused' | 'ended' | 'catchingUp' | 'live' }
  | { status: 'inStep'; milliseconds: number }

const READ_EVERY_MS = 250
/** Up to here a person sees and hears no difference; embeds, which are only ever seeked, are left alone up to the second. */
const IN_STEP_MS = 80
const EMBED_IN_STEP_MS = 400

/** Of a room that is connected: what there is to see, and how far this player is from it. */
const syncIn = (
  session: RoomSession,
  element: HTMLVideoElement | null,
  { media: status, limit }: { media: MediaStatus; limit: number },
): Sync => {
  const state = session.store.get()
  // Connected, and not greeted yet.
  if (state.playback === null) return { status: 'connecting' }
  if (state.media === null) return { status: 'noVideo' }
  if (status === 'failed' || status === 'unknown') return { status: 'failed' }
  const clock = session.clock()
  if (status !== 'ready' || element === null || clock === null) return { status: 'loading' }
  if (session.phase() === 'paused')
    return { status: isOver(session.position(), shownDuration(state)) ? 'ended' : 'paused' }
  if (state.player.live === 'edge') return { status: element.paused ? 'catchingUp' : 'live' }
  const drift = session.drift()
  if (drift === null || Math.abs(drift) > limit) return { status: 'catchingUp' }
  return { status: 'inStep', milliseconds: Math.ceil(Math.abs(drift) + clock.uncertainty) }
}

/**
 * How the connection stands, and how far this player is from the room. That is how far it is off by its own clock, and
 * how unsure that clock is, together. The truth is never more than that.
 */
export const useSync = (element: HTMLVideoElement | null): Sync => {
  const { session } = useRoom()
  const limit = useRoomState(({ media }) => (isEmbedded(media?.url) ? EMBED_IN_STEP_MS : IN_STEP_MS))
  const media = usePageState((state) => state.media)
  const [sync, setSync] = useState<Sync>({ status: 'connecting' })
  const wasOpen = useRef(false)
  useEffect(() => {
    let shownAt = 0
    const read = (): Sync => {
      const { connection } = session.store.get()
      if (connection.status !== 'open') return { status: wasOpen.current ? 'reconnecting' : 'connecting' }
      wasOpen.current = true
      return syncIn(session, element, { media, limit })
    }
    const timer = setInterval(() => {
      const next = read()
      const now = performance.now()
      setSync((before) => {
        // The number at a pace that can be read; a change of state at once.
        if (before.status === next.status && (next.status !== 'inStep' || now - shownAt < 1_000)) return before
        shownAt = now
        return next
      })
    }, READ_EVERY_MS)
    return () => clearInterval(timer)
  }, [session, element, limit, media])
  return sync
}
