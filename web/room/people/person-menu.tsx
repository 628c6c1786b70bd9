import { type KeyboardEvent, useState } from 'react'
import type { Member } from '../../../client/index.ts'
import { givenRoleNames, type MemberRole } from '../../../protocol/roles.ts'
import { useAccount } from '../../account/account-provider.tsx'
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx'
import { ActionFailure } from '../../parts/failure.tsx'
import { shownName } from '../../parts/shown-name.ts'
import { Switch } from '../../parts/switch.tsx'
import { useAction } from '../../parts/use-action.ts'
import { strings } from '../../strings/strings.ts'
import { usePageStore } from '../page-state.tsx'
import { useMayDo, useRole, useRoom } from '../room-context.tsx'
import { useIsReturning } from '../use-is-returning.ts'
import { HandOver } from './hand-over.tsx'
import { useDoorAfterBan } from './use-door-after-ban.ts'

type HostAction = 'kick' | 'ban' | 'unban' | 'unmute' | 'transfer'
type PersonMenuProps = { id: string; member: Member; isMuted: boolean; onDone: () => void }

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
export const PersonMenu = ({ id, member, isMuted, onDone }: PersonMenuProps) => {
  const { call } = useAccount()
  const { code } = useRoom()
  const store = usePageStore()
  const isOwner = useMayDo('own')
  const name = shownName(member.display_name)
  const [asked, setAsked] = useState<'kick' | 'ban' | 'transfer' | null>(null)
  const door = useDoorAfterBan(member)
  const [shutsDoor, setShutsDoor] = useState(false)
  const target = { room_id: code, user_id: member.id }
  const doing = useAction(async (action: HostAction) => {
    await call(`rooms/${action}`, target)
    if (action === 'ban' && shutsDoor) await call('rooms/settings', { room_id: code, ...door?.change })
    if (action === 'kick')
      store.update((state) => ({ ...state, undoable: { how: 'kick', people: [{ id: member.id, name }] } }))
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
    if (event.key === 'Escape' && asked === null) onDone()
  }

  return (
    <fieldset id={id} className="person-menu" aria-label={strings.people.menu(name)} onKeyDown={closeOnEscape}>
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
              <HandOver userId={member.id} onAsk={() => setAsked('transfer')} />
            </>
          ) : null}
          {isReturning ? null : (
            <>
              <button type="button" className="button compact danger" onClick={() => setAsked('kick')}>
                {strings.people.kick}
              </button>
              <button type="button" className="button compact danger" onClick={() => setAsked('ban')}>
                {strings.people.ban}
              </button>
            </>
          )}
        </>
      )}
      <ActionFailure error={doing.failure ?? muting.failure ?? appointing.failure} />
      {asked === null ? null : (
        <ConfirmDialog
          title={strings.people[`${asked}Title`](name)}
          text={strings.people[`${asked}Text`](name)}
          submit={strings.people[asked]}
          look={asked === 'transfer' ? 'primary' : 'danger'}
          action={{ ...doing, run: () => doing.run(asked) }}
          instead={{ host_must_stay: strings.people.hostStays }}
          onClose={() => setAsked(null)}
        >
          {asked === 'ban' && door !== null ? (
            <Switch label={door.label} isOn={shutsDoor} onChange={setShutsDoor} />
          ) : null}
        </ConfirmDialog>
      )}
    </fieldset>
  )
}
