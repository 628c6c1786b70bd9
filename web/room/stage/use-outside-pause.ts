import { useEffect, useState } from 'react'
import type { Hold } from '../../../client/index.ts'
import { isUnheard } from '../../players/what-is-missing.ts'
import { useMayDo, useRoomState } from '../room-context.tsx'
import type { PlaybackCommands } from './use-playback-commands.ts'
import type { Playhead } from './use-playhead.ts'

/**
 * A pause that comes from outside of the page: a headset, a call, a click in the embed. The host's is the room's pause,
 * but for one that the browser makes by itself, of a video that nobody sees or hears. Every other is of this player alone;
 * what is returned says why the person is asked to tap before it is in step again.
 */
export const useOutsidePause = (
  element: HTMLVideoElement | null,
  { phase }: Playhead,
  { pause }: PlaybackCommands,
): Hold | null => {
  const mayCommand = useMayDo('command')
  const hold = useRoomState(({ player }) => player.hold)
  const isOutside = hold === 'stopped' && phase !== 'paused'
  const [isOwn, setIsOwn] = useState(false)
  useEffect(() => {
    if (!isOutside) return setIsOwn(false)
    const isByBrowser = document.hidden && element !== null && isUnheard(element)
    if (mayCommand && !isByBrowser) pause()
    else setIsOwn(true)
  }, [isOutside, mayCommand, element, pause])
  if (hold !== 'stopped') return hold
  return isOutside && isOwn ? hold : null
}
