import { createHash } from 'node:crypto'

/** 96 bits: two frames of one room do not meet. Rows hold many marks, and a row that is read often has to stay small. */
const MARK_CHARACTERS = 16

/**
 * By what a frame that comes again is recognised: the client's `ref` or, where it gave none, the gateway's id of the
 * frame.
 */
export type FrameName = { ref: string | undefined; frameId: string }

/**
 * The mark of a frame: the same for the same frame of the same person, whenever and from whichever socket it comes.
 * `said` is what the frame says, so that a client that gives all its frames one `ref` is understood as well.
 */
export const markOf = (userId: string, { ref, frameId }: FrameName, ...said: (number | string)[]): string =>
  createHash('sha256')
    .update(JSON.stringify([userId, ref === undefined ? ['frame', frameId] : ['ref', ref], ...said]))
    .digest('base64url')
    .slice(0, MARK_CHARACTERS)
