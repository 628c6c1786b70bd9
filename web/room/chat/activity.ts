import type { ShownMessage } from '../../../protocol/server-events.ts'
import type { Happening } from './happenings.ts'

/** One line between the messages: what happened, and when by the server's clock, in epoch milliseconds. */
export type ActivityLine = { id: number; at: number; what: Happening }

/** As many as a long evening has; older ones go. */
const KEPT = 500
/** Events within this time belong together: a reload is neither a leave nor a join, and a search is one seek. */
const TOGETHER_MS = 10_000

const isDriving = ({ kind }: Happening): boolean => kind === 'played' || kind === 'paused' || kind === 'sought'

/** Whether the new event makes the line of the old one superfluous. */
const replaces = (next: Happening, last: Happening): boolean => {
  // A new video pauses in the same write; that is one thing.
  if (next.kind === 'changed') return 'version' in last && last.version === next.version
  return isDriving(next) && isDriving(last)
}

/** The lines with one more, the newest last. Somebody who leaves and is back in a moment has no line. */
export const withLine = (lines: readonly ActivityLine[], line: ActivityLine): readonly ActivityLine[] => {
  const { what, at } = line
  if (what.kind === 'joined') {
    const leave = lines.findLast(
      (each) => each.what.kind === 'left' && each.what.id === what.id && at - each.at < TOGETHER_MS,
    )
    if (leave !== undefined) return lines.filter((each) => each !== leave)
  }
  const last = lines.at(-1)
  const isOneThing = last !== undefined && at - last.at < TOGETHER_MS && replaces(what, last.what)
  return [...(isOneThing ? lines.slice(0, -1) : lines), line].slice(-KEPT)
}

/** What stands in the chat, in order: a message, or what happened. People who came one after the other share one entry. */
export type ChatEntry =
  | { message: ShownMessage; previous: ShownMessage | undefined; isApart: boolean }
  | { line: ActivityLine; names: readonly string[] }

const isCrowd = ({ kind }: Happening): boolean => kind === 'joined' || kind === 'left'

/** Messages and lines as one list, by when they happened. `isApart`: something else stands before this message. */
export const chatEntries = (
  messages: readonly ShownMessage[],
  lines: readonly ActivityLine[],
): readonly ChatEntry[] => {
  const entries: ChatEntry[] = []
  let next = 0
  const addLinesUntil = (at: number) => {
    for (let line = lines[next]; line !== undefined && line.at < at; line = lines[next]) {
      next += 1
      const last = entries.at(-1)
      const isSame =
        last !== undefined && 'line' in last && isCrowd(line.what) && last.line.what.kind === line.what.kind
      if (isSame) entries[entries.length - 1] = { ...last, names: [...last.names, line.what.name] }
      else entries.push({ line, names: [line.what.name] })
    }
  }
  messages.forEach((message, index) => {
    addLinesUntil(message.created_at)
    const last = entries.at(-1)
    entries.push({ message, previous: messages[index - 1], isApart: last !== undefined && 'line' in last })
  })
  addLinesUntil(Number.POSITIVE_INFINITY)
  return entries
}
