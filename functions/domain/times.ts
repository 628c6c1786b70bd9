// Every wait and every limit of time behind a frame that is told. test/domain/times.test.ts holds their order.

import { HOUR_MS } from './durations.ts'

/** One post of many, with the SDK's own three attempts: a slow or full socket delays nobody longer. */
export const POST_WITHIN_MS = 2_000
/** A post to one socket alone: an answer, a greeting, a goodbye. Nobody else waits for it. */
export const ANSWER_WITHIN_MS = 3_000
/** A frame that did not arrive is posted again after each of these, one after the other. */
export const REPEATED_AFTER_MS = [250, 1_000, 1_500, 3_000] as const
/** After this many tries a client that cannot ask for what it lacks has to connect again: its greeting tells it all. */
export const MOST_TRIES = 3

/** The socket opens when $connect has returned. One that is not open after this long will not open any more. */
export const OPENS_WITHIN_MS = 3_000
/** Until then its first frame is posted again and again: the pauses double, from the first to the longest. */
export const FIRST_PAUSE_MS = 20
export const LONGEST_PAUSE_MS = 500
/** A younger socket may still be opening, although the gateway answers 410. */
export const CERTAIN_AFTER_MS = 10_000
/** A socket that was not greeted within this time never will be, and does not count. */
export const GREETED_WITHIN_MS = 30_000
/** API Gateway ends a socket after two hours. A record that is a little older is not true any more. */
export const LIFETIME_MS = 2 * HOUR_MS + 5 * 60 * 1000

/**
 * A greeted socket becomes live this long from then, so that the write is visible before that instant. The greeting sends
 * chat and joins from before it, fan-out those from after it: see decision 0002 (docs/decisions/0002-greeting.md).
 */
export const HANDOVER_MS = 150
/** A message that nobody was told of this long after it was saved will not be: the function that saved it has ended. */
export const ABANDONED_AFTER_MS = 2_500
/**
 * What was not told to all after this long is told by the next look. Telling takes a function seconds, and its repair some
 * ten. Where one is slower the frame comes twice, and clients drop the second.
 */
export const UNTOLD_AFTER_MS = 20_000
/** A look at the room goes back so far for messages that nobody told. Looks are a minute apart, while somebody is there. */
export const UNTOLD_WITHIN_MS = 5 * 60_000
/**
 * If saving a message took longer, a greeting under way may have read the messages too early. Then it is sent to every
 * live socket: clients drop duplicates by id.
 */
export const PROMPT_MS = 200
/** Messages and joins from before the handover are saved this long after it. */
export const SAVED_WITHIN_MS = 250
/**
 * A message that was saved after a greeting read the chat was received this long before at the most. A function has
 * 29 s. The rest is for a message that is sent again: it keeps its first id.
 */
export const RECEIVED_WITHIN_MS = 120_000
/**
 * USER_JOINED is assumed posted this long after its claim. USER_LEFT waits until then. A join that took longer sends the
 * leave once more. Longer than a busy machine takes for a query and its posts.
 */
export const TOLD_WITHIN_MS = 500
/**
 * Wait before REMOVED: a fan-out or a greeting may have read this socket before it was removed and may still be posting.
 * REMOVED must be the last frame.
 */
export const DRAINED_AFTER_MS = 100

/** A sign of life is written when the last one written is older. */
export const NOTED_EVERY_MS = 2 * 60_000
/** A socket that has ever sent a PING is over after this long without one, whatever the gateway says. */
export const SILENT_AFTER_MS = 5 * 60_000
/** Somebody looks for sockets that are over this often, in a room in which somebody is. */
export const LOOKED_EVERY_MS = 60_000
