import { ActionFailure } from '../../parts/failure.tsx'
import { strings } from '../../strings/strings.ts'
import { useRoomState } from '../room-context.tsx'
import { useTakingBack } from '../use-taking-back.ts'

/** Offers somebody the room, after a question, or takes the offer back. */
export const HandOver = ({ userId, onAsk }: { userId: string; onAsk: () => void }) => {
  const isOffered = useRoomState((state) => state.room?.offered_to === userId)
  const takingBack = useTakingBack()
  return (
    <>
      <button
        type="button"
        className="button compact"
        aria-busy={takingBack.isRunning}
        onClick={() => (isOffered ? void takingBack.run() : onAsk())}
      >
        {isOffered ? strings.people.takeOfferBack : strings.people.transfer}
      </button>
      <ActionFailure error={takingBack.failure} />
    </>
  )
}
