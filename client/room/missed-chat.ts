import type { ServerEvent, ServerEventOf, ShownMessage } from '../../protocol/server-events.ts'
import { ApiError } from '../api/api-error.ts'

type Page = { messages: readonly ShownMessage[]; next: string | null }

/** Finds what was said while the line was down. */
export type MissedChat = {
  /** The line is lost; `newest`: id of the newest message held. */
  lost: (newest: string | undefined) => void
  heard: (event: ServerEvent) => void
  greeted: () => void
}

const MOST_PAGES = 40

export const createMissedChat = (options: {
  /** Asks for the messages after an id over the socket; the answer carries it as `since`. */
  request: (after: string, ref: string) => void
  newRef: () => string
  /** One page after an id over HTTP: what one SYNC_REQUEST brings is bounded. */
  page: (after: string) => Promise<Page>
  add: (messages: readonly ShownMessage[]) => void
}): MissedChat => {
  let gapAfter: string | undefined
  let ref: string | undefined

  const readPages = async (from: string) => {
    let after: string | null = from
    for (let read = 0; read < MOST_PAGES && after !== null; read += 1) {
      const page: Page = await options.page(after)
      options.add(page.messages)
      after = page.next
    }
  }

  const history = (event: ServerEventOf<'CHAT_HISTORY'>) => {
    if (event.since === undefined) {
      const oldest = event.messages.at(0)
      // The greeting reaches back to what we hold: nothing is missing.
      if (oldest === undefined || (gapAfter !== undefined && oldest.id <= gapAfter)) gapAfter = undefined
    } else if (event.truncated === true) {
      readPages(event.since).catch((error) => {
        // A gap in the chat is no reason to stop the room: the next lost line, or scrolling back, fills it.
        if (!(error instanceof ApiError)) throw error
      })
    }
  }

  return {
    lost: (newest) => {
      gapAfter ??= newest
    },
    heard: (event) => {
      if (event.type === 'CHAT_HISTORY') history(event)
      // The answer to our request: its messages are right behind it on the same socket.
      if (event.type === 'PLAYBACK_STATE' && event.ref !== undefined && event.ref === ref) gapAfter = undefined
    },
    greeted: () => {
      if (gapAfter === undefined) return
      ref = options.newRef()
      options.request(gapAfter, ref)
    },
  }
}
