import { ApiError } from '../api/api-error.ts'
import type { RoomListener, SessionContext } from './listener.ts'
import { createReplies } from './replies.ts'
import { withMessages } from './room-state.ts'
import type { RoomSession } from './session.ts'

export type Chat = { listener: RoomListener; actions: Pick<RoomSession, 'say' | 'readOlder'> }

/** Saying something, and reading what was said before. */
export const createChat = ({ api, code, runtime, store, send, newRef }: SessionContext): Chat => {
  const replies = createReplies(runtime)

  const say = async (message: string) => {
    const ref = newRef()
    if (!send({ type: 'CHAT_MESSAGE', message, ref }))
      throw new ApiError('unreachable', 'You are not connected to the room.')
    await replies.expect(ref)
  }

  const readOlder = async () => {
    const oldest = store.get().messages.at(0)
    const before = oldest === undefined ? {} : { before: oldest.id }
    const page = await api.call('rooms/messages', { room_id: code, ...before })
    store.update((state) => withMessages(state, page.messages))
    return page.next !== null
  }

  return { listener: { heard: replies.heard }, actions: { say, readOlder } }
}
