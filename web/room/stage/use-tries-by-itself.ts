import { useEffect, useRef } from 'react'
import { isEmbedded } from '../../players/source.ts'
import { useRoomState } from '../room-context.tsx'
import type { MediaStatus } from './use-media.ts'

/** Counted from each failure: a hiccup of a host is over by then. Embeds tell what is no use to try again. */
const AGAIN_AFTER_MS = [5_000, 20_000]

/**
 * Tries again by itself where the video has failed: after five and after twenty seconds, and whenever the network is
 * back or the room moves to another place.
 */
export const useTriesByItself = (status: MediaStatus, retry: () => void): void => {
  const url = useRoomState(({ media }) => media?.url)
  const version = useRoomState(({ playback }) => playback?.version)
  const failedAt = useRef(version)
  const tries = useRef({ url, count: 0 })

  // biome-ignore lint/correctness/useExhaustiveDependencies: where the room was when it failed, and not where it is since
  useEffect(() => {
    if (status === 'ready') tries.current.count = 0
    failedAt.current = version
  }, [status])

  useEffect(() => {
    if (status !== 'failed') return
    if (version !== failedAt.current) return retry()
    if (tries.current.url !== url) tries.current = { url, count: 0 }
    const delay = isEmbedded(url) ? undefined : AGAIN_AFTER_MS[tries.current.count]
    const again = () => {
      tries.current.count += 1
      retry()
    }
    const timer = delay === undefined ? undefined : setTimeout(again, delay)
    addEventListener('online', retry)
    return () => {
      clearTimeout(timer)
      removeEventListener('online', retry)
    }
  }, [status, version, url, retry])
}
