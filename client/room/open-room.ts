import type { ServerEvent } from '../../protocol/server-events.ts'
import { ApiError, errorCodeOf } from '../api/api-error.ts'
import { createClockSampler } from '../clock/clock-sampler.ts'
import { createRoomClock } from '../clock/room-clock.ts'
import type { Connection } from '../connection/connection.ts'
import { openConnection } from '../connection/connection.ts'
import type { Closure } from '../connection/connection-state.ts'
import { watchWakeUps } from '../connection/wake-ups.ts'
import type { Cancel } from '../runtime.ts'
import { globalRuntime } from '../runtime.ts'
import type { PlayerDriver, PlayerStatus } from '../sync/player-driver.ts'
import { drivePlayer, noPlayer } from '../sync/player-driver.ts'
import { createCommander } from './commander.ts'
import { createMissedChat } from './missed-chat.ts'
import { createReplies } from './replies.ts'
import { emptyRoom, foldEvent, type Intent, type RoomState, withFacts, withMessages } from './room-state.ts'
import type { RoomSession, SessionOptions } from './session.ts'
import { playbackToFollow, shownPhase, shownPosition } from './shown-playback.ts'
import { createStore } from './store.ts'

/** The facts are asked for again after this, where no answer came. */
const FACTS_AGAIN_MS = 5_000

const closureOf = (error: unknown): Closure | undefined =>
  error instanceof ApiError && [401, 403, 404].includes(error.status)
    ? { code: error.code, message: error.message }
    : undefined

const defaultSocketUrl = (origin: string) => (code: string, token: string) =>
  `${origin.replace(/^http/, 'ws')}/ws/room/${encodeURIComponent(code)}/?token=${encodeURIComponent(token)}`

/**
 * Opens a room for an approved member: connection, clock, store, commands and player, tied together.
 * @example
 * const session = openRoom({ api, code: 'K7WQ3F' })
 * session.attach(player)
 * session.store.subscribe(() => draw(session.store.get()))
 */
export const openRoom = (options: SessionOptions): RoomSession => {
  const { api, code } = options
  const runtime = options.runtime ?? globalRuntime
  const socketUrl = options.socketUrl ?? defaultSocketUrl(api.origin)
  const store = createStore<RoomState>(emptyRoom)
  let driver: PlayerDriver | undefined
  let refs = 0

  const newRef = () => {
    refs += 1
    return `${runtime.random().toString(36).slice(2, 10)}-${refs}`
  }
  const send: Connection['send'] = (event) => connection.send(event)
  const replies = createReplies(runtime)
  const setIntent = (intent: Intent | null) =>
    store.update((state) => (state.intent === intent ? state : { ...state, intent }))
  const setPlayer = (player: PlayerStatus) =>
    store.update((state) => ({ ...state, player, isPlaybackBlocked: player.hold !== null }))
  const commander = createCommander({ runtime, send, newRef, onIntent: setIntent })
  const sampler = createClockSampler(runtime, () => {
    send({ type: 'PING', t0: runtime.now() })
    void api.keepTokenFresh()
  })
  const missedChat = createMissedChat({
    request: (after, ref) => send({ type: 'SYNC_REQUEST', after, ref }),
    newRef,
    page: (after) => api.call('rooms/messages', { room_id: code, after }),
    add: (messages) => store.update((state) => withMessages(state, messages)),
  })

  // The greeting does not say what the room is called or whether chat is on, and changes may have been missed.
  const readFacts = async () => {
    const { room: before } = store.get()
    const detail = await api.call('rooms/detail', { code })
    store.update((state) => (state.room === before ? withFacts(state, detail) : state))
  }

  let cancelFacts: Cancel | undefined
  const learnFacts = () => {
    cancelFacts?.()
    readFacts().catch((error: unknown) => {
      // A refusal needs no second question: the next PING finds it out as well, and says goodbye.
      if (closureOf(error) === undefined && connection.state().status === 'open')
        cancelFacts = runtime.after(FACTS_AGAIN_MS, learnFacts)
    })
  }

  const clock = createRoomClock({
    runtime,
    version: () => store.get().playback?.version ?? -1,
    requestState: () => send({ type: 'SYNC_REQUEST' }),
  })

  const receive = (event: ServerEvent) => {
    const { playback, media } = store.get()
    if (event.type === 'PONG') clock.receive(event)
    store.update((state) => foldEvent(state, event))
    missedChat.heard(event)
    commander.heard(event)
    replies.heard(event)
    if (['PLAY', 'PAUSE', 'SEEK', 'ROOM_UPDATED'].includes(event.type)) sampler.afterCommand()
    if (event.type === 'ERROR' && event.ref === undefined)
      options.onError?.({ ...event, code: errorCodeOf(event.code) })
    if (store.get().playback !== playback || store.get().media !== media) driver?.look()
  }

  const connection: Connection = openConnection({
    runtime,
    url: () => socketUrl(code, api.token() ?? ''),
    refusal: () => readFacts().then(() => undefined, closureOf),
    onEvent: receive,
    onState: (state) => {
      const { connection: before, messages } = store.get()
      if (before.status === 'open') missedChat.lost(messages.at(-1)?.id)
      if (state.status !== 'open') sampler.stop()
      if (state.status === 'closed') stop()
      store.update((room) => ({ ...room, connection: state }))
    },
    onGreeted: () => {
      sampler.burst()
      missedChat.greeted()
      commander.reconnected()
      learnFacts()
    },
  })

  const wake = () => {
    connection.wake()
    if (connection.state().status === 'open') sampler.burst()
  }
  const cancelWakeUps = watchWakeUps(runtime, wake)

  function stop() {
    cancelWakeUps()
    sampler.stop()
    commander.stop()
    cancelFacts?.()
    driver?.stop()
  }

  const position = () => shownPosition(store.get(), clock.serverNow())

  return {
    store,
    clock: clock.get,
    position,
    phase: () => shownPhase(store.get(), clock.serverNow()),
    play: (time = position()) => commander.give({ type: 'PLAY', time }),
    pause: (time = position()) => commander.give({ type: 'PAUSE', time }),
    seek: (time) => commander.give({ type: 'SEEK', time }),
    say: async (message) => {
      const ref = newRef()
      if (!send({ type: 'CHAT_MESSAGE', message, ref }))
        throw new ApiError('unreachable', 'You are not connected to the room.')
      await replies.expect(ref)
    },
    readOlder: async () => {
      const oldest = store.get().messages.at(0)
      const before = oldest === undefined ? {} : { before: oldest.id }
      const page = await api.call('rooms/messages', { room_id: code, ...before })
      store.update((state) => withMessages(state, page.messages))
      return page.next !== null
    },
    attach: (player) => {
      driver?.stop()
      setPlayer(noPlayer)
      const mine = drivePlayer({
        runtime,
        player,
        follow: () => {
          const playback = playbackToFollow(store.get())
          const { media } = store.get()
          return playback === null || media === null
            ? undefined
            : { playback, clock: clock.get(), duration: media.duration }
        },
        onStatus: setPlayer,
      })
      driver = mine
      return () => {
        mine.stop()
        if (driver !== mine) return
        driver = undefined
        setPlayer(noPlayer)
      }
    },
    unblock: () => driver?.unblock(),
    drift: () => driver?.drift() ?? null,
    wake,
    close: connection.close,
  }
}
