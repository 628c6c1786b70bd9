import { type PlaybackState, positionAt } from '../../protocol/playback.ts'
import type { RoomState } from './room-state.ts'

/** What controls show. `starting`: PLAY has been given, or heard, and the picture moves in a moment. */
export type Phase = 'paused' | 'starting' | 'playing'

/**
 * The room's phase: `paused` at the end of the video, too. One's own command counts from the click. `serverNow` in
 * epoch milliseconds, null while unknown.
 */
export const shownPhase = (state: RoomState, serverNow: number | null): Phase => {
  const { playback, intent } = state
  if (intent?.type === 'PLAY') return 'starting'
  if (intent?.type === 'PAUSE' || playback?.is_playing !== true) return 'paused'
  const duration = shownDuration(state)
  if (duration !== null && intent === null && shownPosition(state, serverNow) >= duration) return 'paused'
  return serverNow === null || serverNow < playback.at ? 'starting' : 'playing'
}

/** Seconds of the room's video, null where nobody knows: the shorter of what the room and what the player here says. */
export const shownDuration = ({ media, player }: Pick<RoomState, 'media' | 'player'>): number | null => {
  const told = media?.duration ?? null
  return told === null || player.duration === null ? (told ?? player.duration) : Math.min(told, player.duration)
}

/** Where the room is, in seconds, its end at the most; where one's own command goes, from the click. */
export const shownPosition = (state: RoomState, serverNow: number | null): number => {
  const { playback, intent } = state
  if (intent !== null) return Math.min(intent.time, shownDuration(state) ?? Number.POSITIVE_INFINITY)
  if (playback === null) return 0
  return positionAt(playback, serverNow ?? playback.at, shownDuration(state))
}

/**
 * What a player is to do: null while that is not known. One's own pause counts from the click. While one's own PLAY or
 * SEEK is under way it is not known: the old state is not what the person means any more, and only the server says the
 * new one.
 */
export const playbackToFollow = ({ playback, intent }: RoomState): PlaybackState | null => {
  if (playback === null || intent === null) return playback
  return intent.type === 'PAUSE' ? { ...playback, is_playing: false, time: intent.time } : null
}
