import type { EntryMode } from '../../protocol/room.ts'
import { strings } from '../strings/strings.ts'

/** Who may come into a room, and whether an open one stands among the public rooms. */
export type Entry = { way: 'open' | 'password' | 'approval'; isListed: boolean }

/** What a page makes of itself is shown to nobody but those who get its link. */
export const unlisted: Entry = { way: 'open', isListed: false }

export const entryOptions = () =>
  (['open', 'password', 'approval'] as const).map((value) => ({
    value,
    label: strings.entry[value],
    note: strings.entry[`${value}Note`],
  }))

type EntryFields = { is_private: boolean; entry_mode: EntryMode | null; is_listed?: boolean }

export const entryFields = ({ way, isListed }: Entry): EntryFields => {
  if (way === 'open') return { is_private: false, entry_mode: null, is_listed: isListed }
  return { is_private: true, entry_mode: way === 'password' ? 'PASSWORD' : 'APPROVAL' }
}

export const entryOf = (room: { entry_mode: EntryMode | null; is_listed?: boolean | undefined } | null): Entry => {
  const mode = room?.entry_mode ?? null
  if (mode !== null) return { way: mode === 'PASSWORD' ? 'password' : 'approval', isListed: false }
  // A function of 0.1.0 does not say, and it lists every open room.
  return { way: 'open', isListed: room?.is_listed ?? true }
}

export const isSameEntry = (one: Entry, other: Entry): boolean =>
  one.way === other.way && (one.way !== 'open' || one.isListed === other.isListed)
