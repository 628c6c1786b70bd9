import { useRef } from 'react'
import { useIsHost, useRoom } from './room-context.tsx'
import type { Playhead } from './use-playhead.ts'
import { keepVolume } from './volume-setting.ts'

export type PlaybackCommands = {
  toggle: () => void
  seek: (seconds: number) => void
  skip: (seconds: number) => void
  setVolume: (volume: number) => void
  toggleMute: () => void
}

/** This near to its end a video is over: playing means from the beginning. */
const OVER_SECONDS = 0.3

/** What a person can do to the video. Those for the host do nothing for anyone else, as on the server. */
export const usePlaybackCommands = (element: HTMLVideoElement | null, playhead: Playhead): PlaybackCommands => {
  const { session } = useRoom()
  const isHost = useIsHost()
  const latest = useRef({ isHost, playhead })
  latest.current = { isHost, playhead }
  const end = () => latest.current.playhead.duration ?? Number.POSITIVE_INFINITY

  const seek = (seconds: number) => {
    if (latest.current.isHost) session.seek(Math.min(Math.max(0, seconds), end()))
  }
  const setVolume = (volume: number) => {
    if (element === null) return
    const level = Math.min(1, Math.max(0, volume))
    element.volume = level
    element.muted = level === 0
    keepVolume({ volume: level, muted: level === 0 })
  }
  return {
    toggle: () => {
      if (!latest.current.isHost || element === null) return
      if (latest.current.playhead.phase !== 'paused') return session.pause()
      session.play(session.position() >= end() - OVER_SECONDS ? 0 : undefined)
    },
    seek,
    skip: (seconds) => seek(session.position() + seconds),
    setVolume,
    toggleMute: () => {
      if (element === null) return
      if (element.muted && element.volume === 0) return setVolume(0.5)
      element.muted = !element.muted
      keepVolume({ volume: element.volume, muted: element.muted })
    },
  }
}
