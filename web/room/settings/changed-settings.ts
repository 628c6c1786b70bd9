import type { KnownFacts } from '../../../client/index.ts'
import { type Entry, entryFields, entryOf, isSameEntry } from '../../home/entry.ts'

/** The room's settings as their dialog shows them. `link` is the video's. */
export type Settings = ReturnType<typeof settingsOf>

export const settingsOf = (facts: KnownFacts | null, link = '') => ({
  name: facts?.name ?? '',
  link,
  isChatOn: facts?.is_chat_enabled ?? true,
  slowSeconds: facts?.slow_mode_seconds ?? 0,
  guestsAllowed: facts?.guests_allowed ?? true,
  isLocked: facts?.is_locked ?? false,
  control: facts?.control ?? 'HOSTS',
  heirs: facts?.heirs ?? 'COHOSTS',
  entry: entryOf(facts),
})

export const isNewLink = (opened: Settings, wanted: Settings): boolean => wanted.link.trim() !== opened.link.trim()

/**
 * Whether the server is to make the room's password. It is asked for one in so many words: with the entry alone it makes
 * none where the room got it from a call whose answer was lost, and nobody would know it.
 */
const asksForPassword = (opened: Entry, { way, password }: Entry): boolean =>
  way === 'password' && opened.way !== 'password' && password.trim() === ''

/**
 * What to tell the server, but for the video: only what this person changed since the dialog was opened. What others change
 * meanwhile is theirs.
 */
export const changedSettings = (opened: Settings, wanted: Settings) => {
  const differs = (key: keyof Settings): boolean => wanted[key] !== opened[key]
  return {
    ...(differs('name') && { name: wanted.name.trim() === '' ? null : wanted.name }),
    ...(differs('isChatOn') && { is_chat_enabled: wanted.isChatOn }),
    ...(differs('slowSeconds') && { slow_mode_seconds: wanted.slowSeconds }),
    ...(differs('guestsAllowed') && { guests_allowed: wanted.guestsAllowed }),
    ...(differs('isLocked') && { is_locked: wanted.isLocked }),
    ...(differs('control') && { control: wanted.control }),
    ...(differs('heirs') && { heirs: wanted.heirs }),
    ...(!isSameEntry(wanted.entry, opened.entry) && entryFields(wanted.entry)),
    ...(asksForPassword(opened.entry, wanted.entry) && { new_password: true as const }),
  }
}
