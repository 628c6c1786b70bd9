import { useEffect } from 'react'
import type { Hold } from '../../../client/index.ts'
import { useMayDo, useRoomState } from '../room-context.tsx'
import type { PlaybackCommands } from './use-playback-commands.ts'
import type { Playhead } from './use-playhead.ts'

/**
 * A pause that comes from outside of the page: a headset, a call, a click in the embed. The host's is the room's pause.
 * Everybody else's is theirs alone; what is returned says why they are asked to tap before they are in step again.
 */
export const useOutsidePause = ({ phase }: Playhead, { pause }: PlaybackCommands): Hold | null => {
  const mayCommand = useMayDo('command')
  const hold = useRoomState(({ player }) => player.hold)
  const isOutside = hold === 'stopped' && phase !== 'paused'
  useEffect(() => {
    if (isOutside && mayCommand) pause()
  }, [isOutside, mayCommand, pause])
  if (hold !== 'stopped') return hold
  return isOutside && !mayCommand ? hold : null
}
