import { useEffect, useRef, useState } from 'react'
import { useAccount } from '../../account/account-provider.tsx'
import { ActionFailure } from '../../parts/failure.tsx'
import { Icon } from '../../parts/icon.tsx'
import { useAction } from '../../parts/use-action.ts'
import { strings } from '../../strings/strings.ts'
import { usePageStore } from '../page-state.tsx'
import { useHostName, useIsHost, useRoom, useRoomState } from '../room-context.tsx'
import { useTakingBack } from '../use-taking-back.ts'

/** The host has offered this person the room: it changes hands when they take it. */
export const Offer = () => {
  const { call } = useAccount()
  const { code } = useRoom()
  const host = useHostName()
  const answering = useAction((accept: boolean) => call('rooms/accept-transfer', { room_id: code, accept }))
  return (
    <div className="stage-note">
      <span>{strings.hands.offered(host)}</span>
      <button type="button" className="button compact primary" onClick={() => void answering.run(true)}>
        {strings.hands.accept}
      </button>
      <button type="button" className="button compact" onClick={() => void answering.run(false)}>
        {strings.hands.decline}
      </button>
      <ActionFailure error={answering.failure} />
    </div>
  )
}

/** For the host: an offer that waits for its answer, with the way to take it back. */
const OpenOffer = ({ name }: { name: string }) => {
  const takingBack = useTakingBack()
  return (
    <div className="stage-note">
      <span>{strings.hands.offerOpen(name)}</span>
      <button
        type="button"
        className="button compact"
        aria-busy={takingBack.isRunning}
        onClick={() => void takingBack.run()}
      >
        {strings.people.takeOfferBack}
      </button>
      <ActionFailure error={takingBack.failure} />
    </div>
  )
}

/**
 * For the host: the offer of the room, and that it is over. Who takes it is told to everybody. Nobody is told why it was
 * not taken: it may have been declined or taken back elsewhere, and its person may have left.
 */
export const OwnOffer = () => {
  const isHost = useIsHost()
  const page = usePageStore()
  const offeredTo = useRoomState(({ room }) => room?.offered_to ?? null)
  // Who is offered it need not be there.
  const name = useRoomState(
    ({ people, members }) =>
      people.list.find(({ user_id }) => user_id === offeredTo)?.name ??
      members.find(({ id }) => id === offeredTo)?.display_name,
  )
  const lastName = useRef('')
  if (name !== undefined) lastName.current = name
  const before = useRef(offeredTo)
  const [overFor, setOverFor] = useState<string | null>(null)
  useEffect(() => {
    const isOver = before.current !== null && offeredTo === null
    before.current = offeredTo
    setOverFor(isOver && isHost && !page.get().isOfferTakenBack ? lastName.current : null)
    if (isOver) page.update((state) => ({ ...state, isOfferTakenBack: false }))
  }, [offeredTo, isHost, page])
  if (!isHost) return null
  if (offeredTo !== null) return <OpenOffer name={lastName.current} />
  if (overFor === null) return null
  return (
    <p className="stage-note">
      <span>{strings.hands.offerOver(overFor)}</span>
      <button type="button" aria-label={strings.close} onClick={() => setOverFor(null)}>
        <Icon name="close" />
      </button>
    </p>
  )
}
