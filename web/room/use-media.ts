import { useCallback, useEffect, useRef, useState } from 'react'
import { createMediaElement } from '../players/create-element.ts'
import { createEmbedPlayer } from '../players/embed-player.ts'
import { createMediaPlayer } from '../players/media-player.ts'
import { isEmbed, isEmbedded, isSource, sourceOf } from '../players/source.ts'
import { useRoom, useRoomState } from './room-context.tsx'
import { applyVolume } from './volume-setting.ts'

/** What has not come by then is said to have failed; should it come later, it plays all the same. */
const PATIENCE_MS = 15_000

export type MediaStatus = 'none' | 'loading' | 'ready' | 'failed' | 'unknown'

/**
 * The room's video as an element inside `frame`, driven by the session. `unknown`: an address that no player of ours
 * takes, chosen by another client; `failed`: it did not load here.
 */
export const useMedia = (frame: HTMLElement | null, onElement: (element: HTMLVideoElement | null) => void) => {
  const { session } = useRoom()
  const url = useRoomState((state) => state.media?.url ?? null)
  const [attempt, setAttempt] = useState(0)
  const [status, setStatus] = useState<MediaStatus>('none')
  const dragging = useRef(false)

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt starts it all anew
  useEffect(() => {
    if (frame === null || url === null) return setStatus('none')
    const found = sourceOf(url)
    if (!isSource(found)) return setStatus('unknown')
    setStatus('loading')
    let isCurrent = true
    let release = () => {}
    // An embed whose script is blocked says nothing at all.
    const timer = setTimeout(() => setStatus((now) => (now === 'loading' ? 'failed' : now)), PATIENCE_MS)
    createMediaElement(found).then(
      (element) => {
        if (!isCurrent) return
        applyVolume(element)
        element.addEventListener('loadedmetadata', () => isCurrent && setStatus('ready'))
        element.addEventListener('error', () => isCurrent && setStatus('failed'))
        frame.replaceChildren(element)
        const isDragging = () => dragging.current
        const player = isEmbed(found) ? createEmbedPlayer(element, isDragging) : createMediaPlayer(element, isDragging)
        const detach = session.attach(player)
        release = () => {
          detach()
          // Without its source a removed player also stops loading and sounding.
          element.removeAttribute('src')
          element.remove()
          onElement(null)
        }
        onElement(element)
      },
      () => isCurrent && setStatus('failed'),
    )
    return () => {
      isCurrent = false
      clearTimeout(timer)
      release()
    }
  }, [frame, url, attempt, session, onElement])

  const setDragging = useCallback((isDragging: boolean) => {
    dragging.current = isDragging
  }, [])
  // The outside services' scripts are asked for once in the life of a page.
  const retry = useCallback(
    () => (isEmbedded(url ?? undefined) ? location.reload() : setAttempt((before) => before + 1)),
    [url],
  )
  return { status, isEmbedded: isEmbedded(url ?? undefined), setDragging, retry }
}
