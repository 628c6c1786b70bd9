import { useRef } from 'react'
import { type Member, waitingAmong } from '../../../client/index.ts'
import { useAccount } from '../../account/account-provider.tsx'
import { Avatar } from '../../parts/avatar.tsx'
import { ActionFailure } from '../../parts/failure.tsx'
import { useAction } from '../../parts/use-action.ts'
import { strings } from '../../strings/strings.ts'
import { type Undoable, usePageStore } from '../page-state.tsx'
import { useMayDo, useRoom } from '../room-context.tsx'
import { useKeptFocus } from '../use-kept-focus.ts'
import { useMembers } from './use-members.ts'

/** The people who wait to be let in: above both tabs, so that nobody who may let them in overlooks them. */
export const JoinRequests = () => (useMayDo('moderate') ? <Requests /> : null)

const Requests = () => {
  const { members, refresh } = useMembers()
  const list = useRef<HTMLElement>(null)
  useKeptFocus(list)
  const waiting = waitingAmong(members)
  return (
    <section ref={list} className="requests" aria-label={strings.requests.label} hidden={waiting.length === 0}>
      {waiting.length > 1 ? <DeclineAll waiting={waiting} onAnswered={refresh} /> : null}
      <ul>
        {waiting.map((member) => (
          <Request key={member.id} member={member} onAnswered={refresh} />
        ))}
      </ul>
    </section>
  )
}

const peopleOf = (members: readonly Member[]): Undoable['people'] =>
  members.map(({ id, display_name }) => ({ id, name: display_name }))

const DeclineAll = ({ waiting, onAnswered }: { waiting: readonly Member[]; onAnswered: () => void }) => {
  const { call } = useAccount()
  const { code } = useRoom()
  const store = usePageStore()
  const decline = useAction(async () => {
    try {
      await call('rooms/reject-all', { room_id: code })
      store.update((state) => ({ ...state, undoable: { how: 'reject', people: peopleOf(waiting) } }))
    } finally {
      onAnswered()
    }
  })
  return (
    <div className="requests-all">
      <button type="button" className="button compact" aria-busy={decline.isRunning} onClick={() => void decline.run()}>
        {strings.requests.rejectAll(waiting.length)}
      </button>
      <ActionFailure error={decline.failure} />
    </div>
  )
}

const answers = [
  { route: 'rooms/approve', look: 'primary', label: 'approve', name: 'approveName' },
  { route: 'rooms/reject', look: '', label: 'reject', name: 'rejectName' },
] as const

/** Each request is answered by itself, so that a host can answer the next one before the last is done. */
const Request = ({ member, onAnswered }: { member: Member; onAnswered: () => void }) => {
  const { id, display_name, reason } = member
  const { call } = useAccount()
  const { code } = useRoom()
  const store = usePageStore()
  const answer = useAction(async (route: 'rooms/approve' | 'rooms/reject') => {
    try {
      await call(route, { room_id: code, user_id: id })
      if (route === 'rooms/reject')
        store.update((state) => ({ ...state, undoable: { how: 'reject', people: peopleOf([member]) } }))
    } finally {
      onAnswered()
    }
  })
  return (
    <li className="request">
      <Avatar id={id} name={display_name} />
      <span className="request-name">
        {strings.requests.asks(display_name)}
        {reason === 'recent_ban' ? <small className="request-reason">{strings.requests.recentBan}</small> : null}
      </span>
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
