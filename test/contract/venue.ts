import type { Runtime } from '../../client/index.ts'
import type { Media } from '../../protocol/media.ts'

/** Somebody with a token. */
export type Person = { id: string; name: string; token: string }

/** A server that the contract is asked of, and the network before it. The cases reach it through the client library alone. */
export type Venue = {
  /** Scheme and host, as the client library wants it. */
  origin: string
  /** A public room, and its host, who is not inside yet. */
  makeRoom: (media: Media | null) => Promise<{ code: string; host: Person }>
  /** Somebody new who has joined the room and is not inside yet. */
  newMember: (code: string, name: string) => Promise<Person>
  /** Somebody new who has nothing to do with the room yet. */
  newPerson: (name: string) => Promise<Person>
  /** The runtime of one more device. */
  newDevice: () => Runtime
  /** The server's clock: epoch milliseconds. */
  serverNow: () => number
  /** Lets time pass until the condition holds. Rejects after ten seconds; `what` says then what did not come. */
  until: (condition: () => boolean, what: string) => Promise<void>
  /** Resolves once nobody has been connected for that many milliseconds. */
  emptyFor: (milliseconds: number) => Promise<void>
  /** Resolves once the server has done all that it was asked for so far. */
  idle: () => Promise<void>
}

/** The longest that a case waits for one thing. */
export const PATIENCE_MS = 10_000
