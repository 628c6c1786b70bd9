import type { Member } from '../../../client/index.ts'
import { strings } from '../../strings/strings.ts'
import { useMayDo, useRoomState } from '../room-context.tsx'

type Shutting = { label: string; change: { guests_allowed: false } | { is_locked: true } }

/**
 * What may be shut with the ban of a guest, who could come back under another name. Whoever may change the settings
 * keeps guests out; whoever may only moderate lets nobody new in. Null where it is shut already.
 */
export const useDoorAfterBan = ({ is_guest }: Member): Shutting | null => {
  const mayChange = useMayDo('change')
  const areGuestsAllowed = useRoomState(({ room }) => room?.guests_allowed === true)
  const isLocked = useRoomState(({ room }) => room?.is_locked === true)
  if (!is_guest || !areGuestsAllowed) return null
  if (mayChange) return { label: strings.people.noMoreGuests, change: { guests_allowed: false } }
  return isLocked ? null : { label: strings.people.lock, change: { is_locked: true } }
}
