import { type PlaybackState, positionAt } from '../protocol/playback.ts'
import type { RoomState } from './room-state.ts'

/** What controls show. `starting`: PLAY has been given, or heard, and the picture moves in a moment. */
export type Phase = 'paused' | 'starting' | 'playing'

/** The room's phase. The host's own command counts from the click. `serverNow` in epoch milliseconds, null while unknown. */
export const shownPhase = ({ playback, intent }: RoomState, serverNow: number | null): Phase => {
  if (intent?.type === 'PLAY') return 'starting'
  if (intent?.type === 'PAUSE' || playback?.is_playing !== true) return 'paused'
  return serverNow === null || serverNow < playback.at ? 'starting' : 'playing'
}

/** Where the room is, in seconds; where the host's own seek goes, from the click. */
export const shownPosition = ({ playback, media, intent }: RoomState, serverNow: number | null): number => {
  if (intent?.type === 'SEEK') return intent.time
  if (playback === null) return 0
  return positionAt(playback, serverNow ?? playback.at, media?.duration ?? null)
}

/**
 * What a player is to do: null while that is not known. The host's own pause counts from the click; while a PLAY or SEEK is
 * under way the old state is no longer what the host means, and the new one is the server's to say.
 */
export const playbackToFollow = ({ playback, intent }: RoomState): PlaybackState | null => {
  if (playback === null || intent === null) return playback
  return intent.type === 'PAUSE' ? { ...playback, is_playing: false, time: intent.time } : null
}
