import { useEffect, useRef } from 'react'
import { useRoom, useRoomState } from '../room-context.tsx'
import type { MediaStatus } from './use-media.ts'

/**
 * One more try by itself after the video has failed: when the network is back, or the room moves to another place. Once,
 * until it has played again; from then on the person has a button.
 */
export const useSecondTry = (status: MediaStatus, retry: () => void): void => {
  const { session } = useRoom()
  const version = useRoomState((state) => state.playback?.version ?? -1)
  const failedAt = useRef<number | null>(null)
  const hasTried = useRef(false)

  useEffect(() => {
    if (status === 'ready') hasTried.current = false
    failedAt.current = status === 'failed' ? (session.store.get().playback?.version ?? -1) : null
  }, [status, session])

  useEffect(() => {
    if (status !== 'failed') return
    const again = () => {
      if (hasTried.current) return
      hasTried.current = true
      retry()
    }
    if (failedAt.current !== null && version !== failedAt.current) again()
    addEventListener('online', again)
    return () => removeEventListener('online', again)
  }, [status, version, retry])
}
