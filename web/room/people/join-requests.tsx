import { useRef } from 'react'
import { type Member, waitingAmong } from '../../../client/index.ts'
import { useAccount } from '../../account/account-provider.tsx'
import { Avatar } from '../../parts/avatar.tsx'
import { ActionFailure } from '../../parts/failure.tsx'
import { useAction } from '../../parts/use-action.ts'
import { strings } from '../../strings/strings.ts'
import { useIsHost, useRoom } from '../room-context.tsx'
import { useKeptFocus } from './use-kept-focus.ts'
import { useMembers } from './use-members.ts'

/** The people who wait to be let in: above both tabs, so that no host overlooks them. */
export const JoinRequests = () => (useIsHost() ? <Requests /> : null)

const Requests = () => {
  const { members, refresh } = useMembers()
  const list = useRef<HTMLElement>(null)
  useKeptFocus(list)
  const waiting = waitingAmong(members)
  return (
    <section ref={list} className="requests" aria-label={strings.requests.label} hidden={waiting.length === 0}>
      <ul>
        {waiting.map((member) => (
          <Request key={member.id} member={member} onAnswered={refresh} />
        ))}
      </ul>
    </section>
  )
}

const answers = [
  { route: 'rooms/approve', look: 'primary', label: 'approve', name: 'approveName' },
  { route: 'rooms/reject', look: '', label: 'reject', name: 'rejectName' },
] as const

/** Each request is answered by itself, so that a host can answer the next one before the last is done. */
const Request = ({ member: { id, display_name }, onAnswered }: { member: Member; onAnswered: () => void }) => {
  const { call } = useAccount()
  const { code } = useRoom()
  const answer = useAction(async (route: 'rooms/approve' | 'rooms/reject') => {
    try {
      await call(route, { room_id: code, user_id: id })
    } finally {
      onAnswered()
    }
  })
  return (
    <li className="request">
      <Avatar id={id} name={display_name} />
      <span className="request-name">{strings.requests.asks(display_name)}</span>
      {answers.map(({ route, look, label, name }) => (
        <button
          key={route}
          type="button"
          className={`button compact ${look}`}
          aria-label={strings.requests[name](display_name)}
          aria-busy={answer.isRunning}
          onClick={() => void answer.run(route)}
        >
          {strings.requests[label]}
        </button>
      ))}
      <ActionFailure error={answer.failure?.code === 'not_pending' ? null : answer.failure} />
    </li>
  )
}
