import { parseRoomCode } from '../../protocol/room-code.ts'
import type { ServerEvent } from '../../protocol/server-events.ts'
import { openConnection } from '../connection/connection.ts'
import type { Connection } from '../connection/options.ts'
import { socketUrlBelow } from '../connection/socket-url.ts'
import { watchWakeUps } from '../connection/wake-ups.ts'
import { guard } from '../report.ts'
import { createAttachedPlayer } from './attached-player.ts'
import { createChat } from './chat.ts'
import { createChatReading } from './chat-reading.ts'
import { errorsTo } from './errors.ts'
import { createFacts } from './facts.ts'
import { foldEvent, foldLater } from './fold-event.ts'
import { createContext, inOrder } from './listener.ts'
import { createMembers } from './members.ts'
import { createMissedChat } from './missed-chat.ts'
import { createPlaybackActions } from './playback-actions.ts'
import { createRepair } from './repair.ts'
import type { RoomSession, SessionOptions } from './session.ts'
import { createSessionClock } from './session-clock.ts'

/**
 * Opens a room for an approved member: connection, clock, store, commands and player, tied together.
 * @example
 * const session = openRoom({ api, code: 'K7WQ3F' })
 * session.attach(player)
 * session.store.subscribe(() => draw(session.store.get()))
 */
export const openRoom = (options: SessionOptions): RoomSession => {
  const { api, onError, socketUrl = socketUrlBelow(api.origin) } = options
  // As typed or copied it may have dashes, or be a whole link: the routes read that, and a socket's address does not.
  const code = parseRoomCode(options.code) ?? options.code
  const context = createContext(
    { ...options, code },
    { send: (event) => connection.send(event), probe: () => connection.probe() },
  )
  const { runtime, store } = context

  const clock = createSessionClock(context)
  const playback = createPlaybackActions(context, clock)
  const facts = createFacts(context)
  const chat = createChat(context)
  const chatReading = createChatReading(context)
  const members = createMembers(context)
  const player = createAttachedPlayer(context, clock)
  const wake = () => {
    connection.wake()
    if (connection.state().status === 'open') clock.measure()
  }

  const listeners = inOrder([
    // After a greeting these five ask the server, the PING first: no player starts before the clock is known.
    clock.listener,
    createRepair(context),
    createMissedChat(context),
    playback.listener,
    facts,
    // What the page waits for settles once the state shows it.
    chat.listener,
    members.listener,
    errorsTo(onError),
    // The player is last, because it follows the state and the clock as the others have left them.
    player.listener,
    { stop: watchWakeUps(runtime, wake) },
  ])

  const hear = (event: ServerEvent, isGreeted: boolean) => {
    const fold = isGreeted ? foldLater : foldEvent
    // The state is first, because the others read in it what the event has changed.
    guard(() => store.update((state) => fold(state, event)))
    listeners.heard(event)
  }

  const connection: Connection = openConnection({
    runtime,
    token: () => api.token() ?? '',
    url: (token) => socketUrl(code, token),
    renew: api.keepTokenFresh,
    refusal: facts.refusal,
    // In one batch each: the page is told last, once every part knows.
    onEvent: (event, isGreeted) => store.batch(() => hear(event, isGreeted)),
    onGreeted: () => store.batch(listeners.greeted),
    onState: (state) =>
      store.batch(() => {
        if (store.get().connection.status === 'open') listeners.lost()
        if (state.status === 'closed') listeners.stop()
        store.update((room) => ({ ...room, connection: state }))
      }),
  })
  const actions = { ...playback.actions, say: chat.say, ...chatReading, ...members.actions, ...player.actions }
  return { store, clock: clock.get, ...actions, wake, close: connection.close }
}
