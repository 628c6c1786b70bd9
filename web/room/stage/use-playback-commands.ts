import { useMemo, useRef } from 'react'
import { usePageStore } from '../page-state.tsx'
import { useMayDo, useRoom } from '../room-context.tsx'
import type { Aim } from './use-aim.ts'
import type { Live } from './use-live.ts'
import type { Playhead } from './use-playhead.ts'
import { keepVolume } from './volume-setting.ts'

export type PlaybackCommands = {
  play: () => void
  pause: () => void
  toggle: () => void
  seek: (seconds: number) => void
  skip: (seconds: number) => void
  setVolume: (volume: number) => void
  toggleMute: () => void
}

/** Of a live stream, what is about to go is gone by the time that it plays. */
const GOING_SECONDS = 2

/** What a person can do to the video. Those for the host do nothing for anyone else, as on the server. */
export const usePlaybackCommands = (
  element: HTMLVideoElement | null,
  playhead: Playhead,
  live: Live,
  aim: Aim,
): PlaybackCommands => {
  const { session } = useRoom()
  const mayCommand = useMayDo('command')
  const page = usePageStore()
  const latest = useRef({ mayCommand, playhead, live, element, aim })
  latest.current = { mayCommand, playhead, live, element, aim }

  return useMemo(() => {
    const bounds = () => {
      const facts = latest.current.live.facts()
      if (facts !== null) return { from: facts.oldest, to: facts.edge }
      return { from: 0, to: latest.current.playhead.duration ?? Number.POSITIVE_INFINITY }
    }
    /** Whether this person may move the video. Anybody else is shown once who may. */
    const mayDrive = (): boolean => {
      if (!latest.current.mayCommand)
        page.update((state) => (state.drivingNote === 'none' ? { ...state, drivingNote: 'shown' } : state))
      return latest.current.mayCommand
    }
    const play = () => {
      if (!mayDrive()) return
      // Also where this page has no player yet, or none that can: the room is not this page alone.
      const { from } = bounds()
      if (latest.current.live.facts() === null) return session.play()
      const position = session.position()
      // A stream that has not been played yet begins where it is now, and so does one whose place is gone.
      if (position === 0 || position < from + GOING_SECONDS) return latest.current.live.playAtEdge()
      session.play()
    }
    const pause = () => {
      if (mayDrive()) session.pause()
    }
    const within = (seconds: number): number => {
      const { from, to } = bounds()
      return Math.max(0, Math.min(Math.max(from, seconds), to))
    }
    const seek = (seconds: number) => {
      latest.current.aim.letGo()
      if (mayDrive()) session.seek(within(seconds))
    }
    /** From where the presses before it have led to. */
    const skip = (seconds: number) => {
      const { aim } = latest.current
      if (mayDrive()) aim.point(within((aim.at ?? session.position()) + seconds), seek)
    }
    const setVolume = (volume: number) => {
      const { element: media } = latest.current
      if (media === null) return
      const level = Math.min(1, Math.max(0, volume))
      media.volume = level
      media.muted = level === 0
      keepVolume({ volume: level, muted: level === 0 })
    }
    return {
      play,
      pause,
      toggle: () => (latest.current.playhead.phase === 'paused' ? play() : pause()),
      seek,
      skip,
      setVolume,
      toggleMute: () => {
        const { element: media } = latest.current
        if (media === null) return
        if (media.muted && media.volume === 0) return setVolume(0.5)
        media.muted = !media.muted
        keepVolume({ volume: media.volume, muted: media.muted })
      },
    }
  }, [session, page])
}
