import { MIN_ROOM_PASSWORD_LETTERS } from '../../protocol/limits.ts'
import type { EntryMode } from '../../protocol/room.ts'
import { lettersAndDigits } from '../../protocol/room-code.ts'
import { strings } from '../strings/strings.ts'

/** Who may come into a room, and whether an open one stands among the public rooms. */
export type Entry = {
  way: 'open' | 'password' | 'approval'
  isListed: boolean
  /** What somebody has typed as the password; empty where the server is to make one, or the one there stays. */
  password: string
}

/** What a page makes of itself is shown to nobody but those who get its link. */
export const unlisted: Entry = { way: 'open', isListed: false, password: '' }

export const entryOptions = () =>
  (['open', 'password', 'approval'] as const).map((value) => ({
    value,
    label: strings.entry[value],
    note: strings.entry[`${value}Note`],
  }))

type EntryFields = { is_private: boolean; entry_mode: EntryMode | null; is_listed?: boolean; password?: string }

const hasPassword = ({ way, password }: Entry): boolean => way === 'password' && password.trim() !== ''

/** Why the chosen password will not do, or null where it will, or where none is chosen. */
export const passwordProblem = (entry: Entry): string | null =>
  hasPassword(entry) && [...lettersAndDigits(entry.password)].length < MIN_ROOM_PASSWORD_LETTERS
    ? strings.entry.passwordShort(MIN_ROOM_PASSWORD_LETTERS)
    : null

export const entryFields = (entry: Entry): EntryFields => {
  const { way, isListed, password } = entry
  if (way === 'open') return { is_private: false, entry_mode: null, is_listed: isListed }
  const mode = way === 'password' ? 'PASSWORD' : 'APPROVAL'
  return { is_private: true, entry_mode: mode, ...(hasPassword(entry) && { password }) }
}

export const entryOf = (room: { entry_mode: EntryMode | null; is_listed?: boolean | undefined } | null): Entry => {
  const mode = room?.entry_mode ?? null
  if (mode !== null) return { way: mode === 'PASSWORD' ? 'password' : 'approval', isListed: false, password: '' }
  // A function of 0.1.0 does not say, and it lists every open room.
  return { way: 'open', isListed: room?.is_listed ?? true, password: '' }
}

/** Whether nothing would change; a password that was typed is always another one. */
export const isSameEntry = (one: Entry, other: Entry): boolean =>
  one.way === other.way && !hasPassword(one) && (one.way !== 'open' || one.isListed === other.isListed)
