import type { CommandType } from '../../protocol/event-types.ts'
import type { ServerEvent } from '../../protocol/server-events.ts'
import type { Intent } from './room-state.ts'

/** One frame of a wish that has not been heard, with the mark by which it will be. */
export type Unheard = { type: CommandType; time: number; ref: string }

/**
 * What a person wants of the room and has not been heard, as one: PAUSE, then SEEK to 100, is "paused at 100". It goes
 * out as the commands that were given, in their order. What is left of it is sent again.
 */
export type Wish = {
  intent: Intent
  unheard: readonly Unheard[]
  /** False while its place is where the room is, and that is not known. Nothing of it has gone out then. */
  isPlaced: boolean
}

/** The wish after one more command. PLAY and PAUSE say everything; SEEK says where, and keeps what was said before it. */
export const addCommand = (wish: Wish | null, command: Intent, ref: string, isPlaced: boolean): Wish => {
  const added: Unheard = { ...command, ref }
  const before = command.type === 'SEEK' ? wish?.unheard.filter(({ type }) => type !== 'SEEK') : undefined
  const [first] = before ?? []
  if (wish === null || first === undefined) return { intent: command, unheard: [added], isPlaced }
  const begun = wish.isPlaced ? first : { ...first, time: command.time }
  return { intent: { type: first.type, time: command.time }, unheard: [begun, added], isPlaced }
}

/** The wish at the place where the room is. */
export const place = ({ intent, unheard }: Wish, time: number): Wish => ({
  intent: { ...intent, time },
  unheard: unheard.map((one) => ({ ...one, time })),
  isPlaced: true,
})

const playing = (isPlaying: boolean): CommandType => (isPlaying ? 'PLAY' : 'PAUSE')

/** What is left of a wish after an event; null where all of it has been heard. */
export const hear = (wish: Wish, event: ServerEvent): Wish | null => {
  const ref = 'ref' in event ? event.ref : undefined
  const part = wish.unheard.find((one) => one.ref === ref)
  if (part === undefined) return wish
  // A SEEK tells whether the room plays. Where that is as wished, the command before it was carried out as well.
  const isPlaying = part.type === 'SEEK' && 'is_playing' in event ? event.is_playing : undefined
  const left = wish.unheard.filter(
    (one) => one !== part && (isPlaying === undefined || one.type !== playing(isPlaying)),
  )
  const [next] = left
  return next === undefined ? null : { ...wish, intent: { type: next.type, time: wish.intent.time }, unheard: left }
}

/**
 * The wish as it is sent again: each command with its mark, by which the server knows that it has carried it out. A command
 * whose place a SEEK has changed since would lead back there. It goes as a new one, to the new place.
 */
export const toResend = (wish: Wish, newRef: () => string): Wish => {
  const [only, second] = wish.unheard
  if (only === undefined || second !== undefined || only.time === wish.intent.time) return wish
  return { ...wish, unheard: [{ ...wish.intent, ref: newRef() }] }
}
