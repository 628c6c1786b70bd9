import type { EntryMode } from '../../protocol/server-events.ts'
import { strings } from '../strings/strings.ts'

/** Who may come into a room. */
export type Entry = 'open' | 'password' | 'approval'

export const entryOptions = () =>
  (['open', 'password', 'approval'] as const).map((value) => ({
    value,
    label: strings.entry[value],
    note: strings.entry[`${value}Note`],
  }))

export const entryFields = (entry: Entry): { is_private: boolean; entry_mode: EntryMode | null } => {
  if (entry === 'open') return { is_private: false, entry_mode: null }
  return { is_private: true, entry_mode: entry === 'password' ? 'PASSWORD' : 'APPROVAL' }
}

export const entryOf = (mode: EntryMode | null): Entry =>
  mode === null ? 'open' : mode === 'PASSWORD' ? 'password' : 'approval'
