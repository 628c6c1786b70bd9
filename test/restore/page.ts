import { setTimeout as wait } from 'node:timers/promises'
import { type Api, createApi, joinRoom, type RoomSession, type RoomState } from '../../client/index.ts'

/** The page of one person in a room: the client library, as browsers have it. */
export type Page = { api: Api; session: RoomSession; state: () => RoomState }

// A client that has tried a few times in vain waits for long before it tries again.
const PATIENCE_MS = 30_000

/** @throws Error that says what did not come */
export const until = async (condition: () => boolean, what: string): Promise<void> => {
  const deadline = performance.now() + PATIENCE_MS
  while (!condition()) {
    if (performance.now() > deadline) throw new Error(`${what} did not come.`)
    await wait(10)
  }
}

export const signIn = async (origin: string, name: string): Promise<Api> => {
  const api = createApi({ origin })
  await api.call('auth/guest', { display_name: name })
  return api
}

export const openPage = async (api: Api, code: string): Promise<Page> => {
  await api.call('rooms/join', { code })
  const session = await joinRoom({ api, code })
  const page: Page = { api, session, state: () => session.store.get() }
  await until(() => page.state().connection.status === 'open' && page.state().playback !== null, 'a greeting')
  return page
}

/** What somebody sees of the room: what was said, and the film. */
export const shows = ({ state }: Page) => {
  const { messages, playback } = state()
  return { messages: messages.map(({ message }) => message), version: playback?.version, plays: playback?.is_playing }
}
