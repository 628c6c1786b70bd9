import { useCallback, useEffect, useRef, useState } from 'react'
import type { RoomSession } from '../../../client/index.ts'
import { hasAnswered } from '../../players/embed-frame.ts'
import type { LiveFacts } from '../../players/live-line.ts'
import type { PagePlayer } from '../../players/media-player.ts'
import type { Failed } from '../../players/probe-media.ts'
import { isEmbedded } from '../../players/source.ts'
import { useRoom, useRoomState } from '../room-context.tsx'
import { openVideo, type VideoStatus } from './open-video.ts'
import { useTriesByItself } from './use-tries-by-itself.ts'

/** A video that has not loaded by then is shown as failed. It plays if it loads later. */
const PATIENCE_MS = 15_000

export type MediaStatus = 'none' | 'loading' | VideoStatus
type Shown = { status: MediaStatus; reason: Failed | null }

const NOTHING: Shown = { status: 'none', reason: null }
const LOADING: Shown = { status: 'loading', reason: null }

const factsFrom = (session: RoomSession, dragging: { current: boolean }) => ({
  now: () => performance.now(),
  isDragging: () => dragging.current,
  serverNow: () => {
    const clock = session.clock()
    return clock === null ? null : performance.now() + clock.offset
  },
  liveOrigin: () => session.store.get().media?.live_origin,
})

/**
 * The room's video as an element inside `frame`, driven by the session. `unknown`: another client chose an address that
 * no player of ours takes. `failed`: it did not load here, or gave up later, with the `reason` where one is known.
 */
export const useMedia = (frame: HTMLElement | null, onElement: (element: HTMLVideoElement | null) => void) => {
  const { session } = useRoom()
  const url = useRoomState((state) => state.media?.url ?? null)
  const [attempt, setAttempt] = useState(0)
  const [{ status, reason }, setShown] = useState(NOTHING)
  const dragging = useRef(false)
  const wasTriedAgain = useRef(false)
  const player = useRef<PagePlayer | null>(null)

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt starts it all anew
  useEffect(() => {
    if (frame === null || url === null) return setShown(NOTHING)
    setShown(LOADING)
    // A frame that is blocked says nothing at all. Nor does one that asks for something first: that one is left to be seen.
    const timer = setTimeout(() => {
      if (!wasTriedAgain.current && hasAnswered(frame.firstElementChild)) return
      setShown((now) => (now.status === 'loading' ? { status: 'failed', reason: null } : now))
    }, PATIENCE_MS)
    const close = openVideo({
      url,
      frame,
      session,
      facts: factsFrom(session, dragging),
      show: (status, reason) => {
        if (status === 'ready') wasTriedAgain.current = false
        setShown({ status, reason })
      },
      onElement: (element, opened) => {
        player.current = opened
        onElement(element)
      },
    })
    return () => {
      clearTimeout(timer)
      close()
    }
  }, [frame, url, attempt, session, onElement])

  /** While somebody drags the position, the player is not corrected. */
  const setDragging = useCallback((isDragging: boolean) => {
    dragging.current = isDragging
  }, [])
  const live = useCallback((): LiveFacts | null => player.current?.live() ?? null, [])
  const behind = useCallback((): number | null => player.current?.behind() ?? null, [])
  const retry = useCallback(() => setAttempt((before) => before + 1), [])
  useTriesByItself(status, retry)
  const tryAgain = useCallback(() => {
    wasTriedAgain.current = true
    retry()
  }, [retry])
  return { status, reason, isEmbedded: isEmbedded(url ?? undefined), setDragging, live, behind, tryAgain }
}
