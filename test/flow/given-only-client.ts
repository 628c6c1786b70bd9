import type { RoomSocket } from '../staging/socket.ts'

/** What a client knows that reads the given fields and nothing else: no versions, no ids, no clocks. */
export type GivenOnly = {
  isPlaying: boolean
  /** Seconds, as last told. */
  time: number
  people: Set<string>
  messages: string[]
}

/** Folds the frames in the order in which they came, as the simplest client would. */
export const foldGiven = ({ frames }: Pick<RoomSocket, 'frames'>): GivenOnly => {
  const state: GivenOnly = { isPlaying: false, time: 0, people: new Set(), messages: [] }
  for (const frame of frames) {
    switch (frame.type) {
      case 'ROOM_PARTICIPANTS':
        state.people = new Set(frame.participants)
        break
      case 'CHAT_HISTORY':
        if (frame.since === undefined) state.messages = frame.messages.map(({ message }) => message)
        break
      case 'CHAT_MESSAGE':
        state.messages.push(frame.message)
        break
      case 'USER_JOINED':
        state.people.add(frame.user)
        break
      case 'USER_LEFT':
        state.people.delete(frame.user)
        break
      case 'PLAY':
      case 'PAUSE':
        state.isPlaying = frame.type === 'PLAY'
        state.time = frame.time
        break
      case 'SEEK':
        state.time = frame.time
        break
      case 'PLAYBACK_STATE':
        state.isPlaying = frame.is_playing
        state.time = frame.time
        break
      default:
    }
  }
  return state
}
