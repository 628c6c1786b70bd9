import { useAccount } from '../account/account-provider.tsx'
import { Avatar } from '../parts/avatar.tsx'
import { ActionFailure } from '../parts/failure.tsx'
import { useAction } from '../parts/use-action.ts'
import { strings } from '../strings/strings.ts'
import { useIsHost, useRoom } from './room-context.tsx'
import { useMembers } from './use-members.ts'

/** Who waits at the door: above both tabs, so that no host overlooks it. */
export const JoinRequests = () => (useIsHost() ? <Requests /> : null)

const Requests = () => {
  const { call } = useAccount()
  const { code } = useRoom()
  const { members, refresh } = useMembers()
  const answer = useAction(async (route: 'rooms/approve' | 'rooms/reject', userId: string) => {
    try {
      await call(route, { room_id: code, user_id: userId })
    } finally {
      refresh()
    }
  })
  const waiting = members.filter(({ status }) => status === 'PENDING')
  if (waiting.length === 0) return null
  return (
    <section className="requests" aria-label={strings.requests.label}>
      <ul>
        {waiting.map(({ id, display_name }) => (
          <li key={id} className="request">
            <Avatar id={id} name={display_name} />
            <span className="request-name">{strings.requests.asks(display_name)}</span>
            <button
              type="button"
              className="button compact primary"
              aria-label={strings.requests.approveName(display_name)}
              onClick={() => void answer.run('rooms/approve', id)}
            >
              {strings.requests.approve}
            </button>
            <button
              type="button"
              className="button compact"
              aria-label={strings.requests.rejectName(display_name)}
              onClick={() => void answer.run('rooms/reject', id)}
            >
              {strings.requests.reject}
            </button>
          </li>
        ))}
      </ul>
      <ActionFailure error={answer.failure?.code === 'not_pending' ? null : answer.failure} />
    </section>
  )
}
