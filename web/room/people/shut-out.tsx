import type { Member, RoomSession } from '../../../client/index.ts'
import { REFUSED_FOR_SECONDS } from '../../../protocol/limits.ts'
import { useAccount } from '../../account/account-provider.tsx'
import { Avatar } from '../../parts/avatar.tsx'
import { ActionFailure } from '../../parts/failure.tsx'
import { shownName } from '../../parts/shown-name.ts'
import { useAction } from '../../parts/use-action.ts'
import { strings } from '../../strings/strings.ts'
import { useRoom } from '../room-context.tsx'
import { serverNow } from '../server-now.ts'

/** Who was removed or declined in the last ten minutes, the latest first: this can be taken back for as long. */
export const shutOutAmong = (members: readonly Member[], session: RoomSession): readonly Member[] => {
  const since = serverNow(session) - REFUSED_FOR_SECONDS * 1000
  return members
    .filter(({ status, status_at = 0 }) => (status === 'KICKED' || status === 'REJECTED') && status_at > since)
    .sort(({ status_at: one = 0 }, { status_at: other = 0 }) => other - one)
}

export const ShutOutRow = ({ member, refresh }: { member: Member; refresh: () => void }) => {
  const { call } = useAccount()
  const { code } = useRoom()
  const { id, status } = member
  const name = shownName(member.display_name)
  const undo = useAction(async () => {
    try {
      await call('rooms/unban', { room_id: code, user_id: id })
    } finally {
      refresh()
    }
  })
  return (
    <li className="person" data-online={false}>
      <div className="person-line">
        <Avatar id={id} name={name} />
        <span className="person-name">{name}</span>
        <span className="muted-badge">
          {status === 'KICKED' ? strings.people.wasKicked : strings.people.wasRejected}
        </span>
        <button
          type="button"
          className="button compact"
          aria-label={strings.undo.name(name)}
          aria-busy={undo.isRunning}
          onClick={() => void undo.run()}
        >
          {strings.undo.submit}
        </button>
      </div>
      <ActionFailure error={undo.failure} />
    </li>
  )
}
