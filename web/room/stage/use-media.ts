import { useCallback, useEffect, useRef, useState } from 'react'
import type { RoomSession } from '../../../client/index.ts'
import { createMediaElement } from '../../players/create-element.ts'
import { hasAnswered } from '../../players/embed-frame.ts'
import { createEmbedPlayer } from '../../players/embed-player.ts'
import type { LiveFacts } from '../../players/live-line.ts'
import { createMediaPlayer, type PagePlayer } from '../../players/media-player.ts'
import { resolveSource } from '../../players/probe-media.ts'
import { isEmbed, isEmbedded } from '../../players/source.ts'
import { watchFailure } from '../../players/watch-failure.ts'
import { useRoom, useRoomState } from '../room-context.tsx'
import { useTriesByItself } from './use-tries-by-itself.ts'
import { applyVolume } from './volume-setting.ts'

/** A video that has not loaded by then is shown as failed. It plays if it loads later. */
const PATIENCE_MS = 15_000

export type MediaStatus = 'none' | 'loading' | 'ready' | 'failed' | 'unknown'

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
 * The room's video as an element inside `frame`, driven by the session. `unknown`: an address that no player of ours
 * takes, chosen by another client; `failed`: it did not load here, or gave up later.
 */
export const useMedia = (frame: HTMLElement | null, onElement: (element: HTMLVideoElement | null) => void) => {
  const { session } = useRoom()
  const url = useRoomState((state) => state.media?.url ?? null)
  const [attempt, setAttempt] = useState(0)
  const [status, setStatus] = useState<MediaStatus>('none')
  const dragging = useRef(false)
  const wasTriedAgain = useRef(false)
  const player = useRef<PagePlayer | null>(null)

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt starts it all anew
  useEffect(() => {
    if (frame === null || url === null) return setStatus('none')
    setStatus('loading')
    let isCurrent = true
    let hasFailed = false
    let release = () => {}
    const become = (next: MediaStatus) => {
      hasFailed = next === 'failed'
      if (next === 'ready') wasTriedAgain.current = false
      if (isCurrent) setStatus(next)
    }
    // A frame that is blocked says nothing at all. Nor does one that asks for something first: that one is left to be seen.
    const timer = setTimeout(() => {
      if (!wasTriedAgain.current && hasAnswered(frame.firstElementChild)) return
      setStatus((now) => (now === 'loading' ? 'failed' : now))
    }, PATIENCE_MS)
    const open = async () => {
      const source = await resolveSource(url)
      if (typeof source === 'string') return become('unknown')
      const element = await createMediaElement(source)
      if (!isCurrent) return
      applyVolume(element)
      for (const event of ['loadedmetadata', 'playing']) element.addEventListener(event, () => become('ready'))
      const stopWatching = watchFailure(element, () => become('failed'))
      frame.replaceChildren(element)
      const create = isEmbed(source) ? createEmbedPlayer : createMediaPlayer
      player.current = create(element, { ...factsFrom(session, dragging), hasFailed: () => hasFailed })
      const detach = session.attach(player.current)
      release = () => {
        stopWatching()
        detach()
        player.current = null
        // Without its source a removed player also stops loading and sounding.
        element.removeAttribute('src')
        element.remove()
        onElement(null)
      }
      onElement(element)
    }
    open().catch(() => become('failed'))
    return () => {
      isCurrent = false
      clearTimeout(timer)
      release()
    }
  }, [frame, url, attempt, session, onElement])

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
  return { status, isEmbedded: isEmbedded(url ?? undefined), setDragging, live, behind, tryAgain }
}
