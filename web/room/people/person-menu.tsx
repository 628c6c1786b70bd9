import type { KeyboardEvent } from 'react'
import type { Member } from '../../../client/index.ts'
import { givenRoleNames, type MemberRole } from '../../../protocol/roles.ts'
import { useAccount } from '../../account/account-provider.tsx'
import { ActionFailure } from '../../parts/failure.tsx'
import { shownName } from '../../parts/shown-name.ts'
import { useAction } from '../../parts/use-action.ts'
import { strings } from '../../strings/strings.ts'
import { useMayDo, useRole, useRoom } from '../room-context.tsx'
import { useIsReturning } from '../use-is-returning.ts'
import { HandOver } from './hand-over.tsx'
import type { Asked } from './person-question.tsx'

type HostAction = 'unban' | 'unmute'
type PersonMenuProps = {
  id: string
  member: Member
  isMuted: boolean
  onAsk: (asked: Asked) => void
  onDone: () => void
}

const muteTimes = [
  { label: 'mute5', seconds: 300 },
  { label: 'mute60', seconds: 3_600 },
] as const

/** Every role that somebody may be given, or that may be taken back. */
const RoleButtons = ({ userId, onChoose }: { userId: string; onChoose: (role: MemberRole) => void }) => {
  const given = useRole(userId)
  return givenRoleNames.map((role) => (
    <button
      key={role}
      type="button"
      className="button compact"
      onClick={() => onChoose(role === given ? 'participant' : role)}
    >
      {strings.people[role === given ? 'dismiss' : 'appoint'][role]}
    </button>
  ))
}

/** What the host can do about somebody, opened below their name. What cannot be undone at once is asked about. */
export const PersonMenu = ({ id, member, isMuted, onAsk, onDone }: PersonMenuProps) => {
  const { call } = useAccount()
  const { code } = useRoom()
  const isOwner = useMayDo('own')
  const target = { room_id: code, user_id: member.id }
  const doing = useAction(async (action: HostAction) => {
    await call(`rooms/${action}`, target)
    onDone()
  })
  const isReturning = useIsReturning(member.id)
  const appointing = useAction(async (role: MemberRole) => {
    await call('rooms/role', { ...target, role })
    onDone()
  })
  const muting = useAction(async (seconds: number) => {
    await call('rooms/mute', { ...target, seconds })
    onDone()
  })
  const closeOnEscape = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onDone()
  }

  return (
    <fieldset
      id={id}
      className="person-menu"
      aria-label={strings.people.menu(shownName(member.display_name))}
      onKeyDown={closeOnEscape}
    >
      {member.status === 'BANNED' ? (
        <button type="button" className="button compact" onClick={() => void doing.run('unban')}>
          {strings.people.unban}
        </button>
      ) : (
        <>
          {isReturning ? null : isMuted ? (
            <button type="button" className="button compact" onClick={() => void doing.run('unmute')}>
              {strings.people.unmute}
            </button>
          ) : (
            muteTimes.map(({ label, seconds }) => (
              <button key={label} type="button" className="button compact" onClick={() => void muting.run(seconds)}>
                {strings.people[label]}
              </button>
            ))
          )}
          {isOwner ? (
            <>
              <RoleButtons userId={member.id} onChoose={(role) => void appointing.run(role)} />
              <HandOver userId={member.id} onAsk={() => onAsk('transfer')} />
            </>
          ) : null}
          {isReturning ? null : (
            <>
              <button type="button" className="button compact danger" onClick={() => onAsk('kick')}>
                {strings.people.kick}
              </button>
              <button type="button" className="button compact danger" onClick={() => onAsk('ban')}>
                {strings.people.ban}
              </button>
            </>
          )}
        </>
      )}
      <ActionFailure
        error={doing.failure ?? muting.failure ?? appointing.failure}
        instead={{ invalid_field: strings.people.hostsByNow }}
      />
    </fieldset>
  )
}
