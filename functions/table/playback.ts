import * as z from 'zod'
import type { CommandType } from '../../protocol/event-types.ts'
import { may } from '../domain/rights.ts'
import type { Room } from '../domain/room.ts'
import { change } from './change.ts'
import type { Item } from './client.ts'
import { all, appended, isAtMost, isLongerThan, keptOrAs, lacks } from './conditions.ts'
import { roomKey } from './keys.ts'
import { livesAndMay } from './rights.ts'
import { activityOf, parseRoom } from './rooms.ts'

export type PlaybackCommand = {
  type: CommandType
  /** Seconds. */
  time: number
  userId: string
  /** By which the command is recognised when it comes again, and the gateway's id of this very frame. */
  mark: string
  frameId: string
  /** When it takes effect, and when the gateway received it. */
  at: number
  sentAt: number
  now: number
  idleDays: number
}

/**
 * `saved`: the room after it. `unchanged`: the command was saved before, or a newer one counts; the room as it is by
 * now. `refused`: the sender may not command, or the room has ended.
 */
export type Commanded =
  | { outcome: 'saved'; room: Room; isOvertaken: boolean; marks: number }
  | { outcome: 'unchanged'; room: Room }
  | { outcome: 'refused' }

/** Of a room's item what orders commands. Items of 0.1.0 have none of it. */
export const CommandItem = z.object({
  /** When the gateway received the newest PLAY or PAUSE or change of media. `sent_at` says it of the newest of all. */
  plays_sent_at: z.number().optional(),
  /** The marks of the latest commands, and the gateway's id of the frame that was the last of them. */
  recent_commands: z.array(z.string()).default([]),
  last_frame: z.string().optional(),
})

/** How many marks of commands a room keeps, and at how many the oldest go. */
const MARKS_KEPT = 16
const MARKS_AT_MOST = 24

const refused: Commanded = { outcome: 'refused' }

const saved = (item: Item | undefined, isOvertaken: boolean): Commanded => {
  const room = parseRoom(item)
  if (room === undefined) return refused
  return { outcome: 'saved', room, isOvertaken, marks: CommandItem.parse(item).recent_commands.length }
}

/** The mark of the command, and whose frame was the last: part of every write of one. */
const noting = ({ mark, frameId }: PlaybackCommand) => ({
  recent_commands: appended('recent_commands', [mark]),
  last_frame: frameId,
})

/** The answer to the first request was lost, and the SDK sent it again. */
const isOwn = (item: Item | undefined, { frameId }: PlaybackCommand): boolean =>
  item !== undefined && CommandItem.parse(item).last_frame === frameId

/** The room in which a command was not saved, and whether it was before. Undefined where the sender may not command. */
const unsavedIn = (item: Item | undefined, { mark, userId }: PlaybackCommand) => {
  const room = parseRoom(item)
  if (room === undefined || room.deleted_at !== null || !may('command', room, userId)) return undefined
  return { room, isKnown: CommandItem.parse(item).recent_commands.includes(mark) }
}

/** Notes a command as one that is over: its sender has not heard that a newer one counts, and may send it again. */
const noteOvertaken = async (code: string, command: PlaybackCommand): Promise<Commanded> => {
  const { mark, userId } = command
  const noting = {
    set: { recent_commands: appended('recent_commands', [mark]) },
    when: all(livesAndMay('command', userId), lacks('recent_commands', mark)),
  }
  const { item } = await change(roomKey(code), noting, 'ALL_NEW')
  const unsaved = unsavedIn(item, command)
  return unsaved === undefined ? refused : { outcome: 'unchanged', room: unsaved.room }
}

/**
 * Saves of a PLAY or PAUSE that a SEEK has overtaken whether the room plays: where it plays, the SEEK has said. The
 * newest of several counts.
 */
const commandOvertaken = async (code: string, command: PlaybackCommand): Promise<Commanded> => {
  const { type, mark, sentAt, userId } = command
  const result = await change(
    roomKey(code),
    {
      set: { is_playing: type === 'PLAY', plays_sent_at: sentAt, ...noting(command) },
      add: { version: 1 },
      when: all(livesAndMay('command', userId), isAtMost('plays_sent_at', sentAt), lacks('recent_commands', mark)),
    },
    'ALL_NEW',
  )
  if (result.done || isOwn(result.item, command)) return saved(result.item, true)
  const unsaved = unsavedIn(result.item, command)
  if (unsaved === undefined) return refused
  return unsaved.isKnown ? { outcome: 'unchanged', room: unsaved.room } : noteOvertaken(code, command)
}

/** The hot path: one conditional write. More of them only where a newer command has overtaken this one. */
export const commandPlayback = async (code: string, command: PlaybackCommand): Promise<Commanded> => {
  const { type, time, at, mark, sentAt, userId, now, idleDays } = command
  const plays =
    type === 'SEEK'
      ? // What functions of 0.1.0 saved before, they saved without it.
        { plays_sent_at: keptOrAs('plays_sent_at', 'sent_at') }
      : { is_playing: type === 'PLAY', plays_sent_at: sentAt }
  const result = await change(
    roomKey(code),
    {
      set: {
        ...plays,
        time,
        at,
        sent_at: sentAt,
        empty_since: null,
        ...noting(command),
        ...activityOf(code, now, idleDays),
      },
      add: { version: 1 },
      when: all(livesAndMay('command', userId), isAtMost('sent_at', sentAt), lacks('recent_commands', mark)),
    },
    'ALL_NEW',
  )
  if (result.done || isOwn(result.item, command)) return saved(result.item, false)
  const unsaved = unsavedIn(result.item, command)
  if (unsaved === undefined) return refused
  if (unsaved.isKnown) return { outcome: 'unchanged', room: unsaved.room }
  return type === 'SEEK' ? noteOvertaken(code, command) : commandOvertaken(code, command)
}

/** Takes the oldest marks away once there are too many: after the command was told, because nobody waits for it. */
export const trimCommands = async (code: string, marks: number): Promise<void> => {
  if (marks <= MARKS_AT_MOST) return
  await change(roomKey(code), {
    removeValues: ['recent_commands', 0, marks - MARKS_KEPT],
    when: isLongerThan('recent_commands', MARKS_AT_MOST),
  })
}
