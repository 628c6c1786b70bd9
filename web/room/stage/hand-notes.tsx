import type { ReactNode } from 'react'
import { useAccount } from '../../account/account-provider.tsx'
import { ActionFailure } from '../../parts/failure.tsx'
import { useAction } from '../../parts/use-action.ts'
import { strings } from '../../strings/strings.ts'
import { useHostName, useRoom, useRoomState } from '../room-context.tsx'
import { Offer, OwnOffer } from './offer-notes.tsx'
import { useMayTakeOver } from './use-may-take-over.ts'

type Call = 'rooms/take-over' | 'rooms/take-back'

const OneClick = ({ route, label, children }: { route: Call; label: string; children: ReactNode }) => {
  const { call } = useAccount()
  const { code } = useRoom()
  const doing = useAction(() => call(route, { room_id: code }))
  return (
    <div className="stage-note">
      <span>{children}</span>
      <button type="button" className="button compact" aria-busy={doing.isRunning} onClick={() => void doing.run()}>
        {label}
      </button>
      <ActionFailure error={doing.failure} />
    </div>
  )
}

/**
 * Who has the room in hand, where that may change: an offer, a place to take, a place to have back.
 * `away` is said while the host is away and this person is not the one to take over.
 */
export const HandNotes = ({ away }: { away?: ReactNode }) => {
  const { person } = useRoom()
  const host = useHostName()
  const isOffered = useRoomState(({ room }) => room?.offered_to === person.id)
  const isReturned = useRoomState(({ room }) => room?.stands_in_for === person.id)
  const mayTakeOver = useMayTakeOver()
  return (
    <>
      {mayTakeOver ? (
        <OneClick route="rooms/take-over" label={strings.hands.takeOver}>
          {strings.hands.mayTakeOver(host)}
        </OneClick>
      ) : (
        away
      )}
      {isOffered ? <Offer /> : null}
      <OwnOffer />
      {isReturned ? (
        <OneClick route="rooms/take-back" label={strings.hands.takeBack}>
          {strings.hands.standsIn(host)}
        </OneClick>
      ) : null}
    </>
  )
}
