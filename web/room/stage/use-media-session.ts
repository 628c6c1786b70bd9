import { useEffect } from 'react'
import { formatTitle } from '../../players/shown-title.ts'
import { strings } from '../../strings/strings.ts'
import { useMayDo, useRoomState } from '../room-context.tsx'
import type { PlaybackCommands } from './use-playback-commands.ts'
import type { Playhead } from './use-playhead.ts'

/** Lock screens draw no SVG. */
const ARTWORK = [192, 512].map((side) => ({
  src: `/icon-${side}.png`,
  sizes: `${side}x${side}`,
  type: 'image/png',
}))
const SKIP_SECONDS = 10
const ACTIONS = ['play', 'pause', 'stop', 'seekbackward', 'seekforward', 'seekto'] as const

const handle = (action: MediaSessionAction, handler: MediaSessionActionHandler | null): void => {
  try {
    navigator.mediaSession.setActionHandler(action, handler)
  } catch (error) {
    // Browsers refuse the actions that they do not know.
    if (!(error instanceof TypeError)) throw error
  }
}

/**
 * Media keys, headsets, lock screens and the browser's own list of what plays. For the host they are the room's commands.
 * For everybody else they do nothing: a handler of ours keeps the browser from pausing the element by itself.
 */
export const useMediaSession = (isActive: boolean, playhead: Playhead, commands: PlaybackCommands): void => {
  const mayCommand = useMayDo('command')
  const title = useRoomState(({ media }) => (media === null ? '' : formatTitle(media)))
  const room = useRoomState(({ room: facts }) => facts?.name ?? (facts === null ? '' : strings.roomOf(facts.host)))
  const { phase, duration, position } = playhead
  const isPlaying = phase !== 'paused'

  useEffect(() => {
    if (!isActive || navigator.mediaSession === undefined) return
    navigator.mediaSession.metadata = new MediaMetadata({ title: title || room, artist: room, artwork: ARTWORK })
    return () => {
      navigator.mediaSession.metadata = null
    }
  }, [isActive, title, room])

  useEffect(() => {
    if (!isActive || navigator.mediaSession === undefined) return
    const nothing = () => {}
    const skip = (details: MediaSessionActionDetails, sign: number) =>
      commands.skip(sign * (details.seekOffset ?? SKIP_SECONDS))
    const drive: Record<(typeof ACTIONS)[number], MediaSessionActionHandler> = {
      play: commands.play,
      pause: commands.pause,
      stop: commands.pause,
      seekbackward: (details) => skip(details, -1),
      seekforward: (details) => skip(details, 1),
      seekto: ({ seekTime }) => seekTime !== undefined && commands.seek(seekTime),
    }
    for (const action of ACTIONS) handle(action, mayCommand ? drive[action] : nothing)
    return () => {
      for (const action of ACTIONS) handle(action, null)
    }
  }, [isActive, mayCommand, commands])

  useEffect(() => {
    if (!isActive || navigator.mediaSession === undefined) return
    navigator.mediaSession.playbackState = isPlaying ? 'playing' : 'paused'
    return () => {
      navigator.mediaSession.playbackState = 'none'
    }
  }, [isActive, isPlaying])

  const second = Math.floor(position)
  useEffect(() => {
    if (!isActive || navigator.mediaSession?.setPositionState === undefined) return
    if (duration === null) navigator.mediaSession.setPositionState()
    else navigator.mediaSession.setPositionState({ duration, position: Math.min(second, duration), playbackRate: 1 })
  }, [isActive, duration, second])
}
