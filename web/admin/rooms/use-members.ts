import { useState } from 'react'
import { useAccount } from '../../account/account-provider.tsx'
import { type Action, useAction } from '../../parts/use-action.ts'
import type { FullRoom } from './room-page.tsx'

/** The members of a room: those that came with it, and further ones on demand. `more` is null at the end. */
export const useMembers = ({
  room,
  members,
  members_next,
}: FullRoom): { members: FullRoom['members']; more: Action<[]> | null } => {
  const { call } = useAccount()
  const [read, setRead] = useState({ of: members, further: members.slice(0, 0), next: members_next })
  // The room was read anew.
  if (read.of !== members) setRead({ of: members, further: [], next: members_next })
  const reading = useAction(async () => {
    if (read.next === null) return
    const page = await call('admin/members', { room_id: room.code, cursor: read.next })
    setRead((before) =>
      before.of === read.of ? { ...before, further: [...before.further, ...page.members], next: page.next } : before,
    )
  })
  return { members: [...members, ...read.further], more: read.next === null ? null : reading }
}
