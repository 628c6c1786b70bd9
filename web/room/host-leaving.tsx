import { memberRoleOf, memberRoles } from '../../protocol/roles.ts'
import { useAccount } from '../account/account-provider.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { ActionFailure } from '../parts/failure.tsx'
import { useAction } from '../parts/use-action.ts'
import { strings } from '../strings/strings.ts'
import { useRoom, useRoomState } from './room-context.tsx'
import { DeleteRoom } from './settings/delete-room.tsx'
import { useIsReturning } from './use-is-returning.ts'

/** So many people the room can be handed to from here; all the others from the list of people. */
const MOST_NAMED = 5

const rank = (role: unknown): number => memberRoles.indexOf(memberRoleOf(role))

/** Who is here beside this person, by their roles. */
const useSuccessors = () => {
  const { person } = useRoom()
  const list = useRoomState(({ people }) => people.list)
  const others = list.filter(({ user_id }) => user_id !== person.id)
  return others.sort((one, other) => rank(one.role) - rank(other.role))
}

/** A host does not leave: says that the page may simply be closed, and offers the ways to go for good. */
export const HostLeaving = ({ onClose }: { onClose: () => void }) => {
  const { call } = useAccount()
  const { code } = useRoom()
  const successors = useSuccessors()
  const mayDelete = !useIsReturning(useRoomState(({ room }) => room?.stands_in_for ?? null))
  const offering = useAction(async (userId: string) => {
    await call('rooms/transfer', { room_id: code, user_id: userId })
    onClose()
  })
  return (
    <Dialog title={strings.hostLeaving.title} onClose={onClose}>
      <p>{mayDelete ? strings.hostLeaving.away : strings.hostLeaving.standsIn}</p>
      <p>{successors.length === 0 ? strings.hostLeaving.nobody(mayDelete) : strings.hostLeaving.forGood(mayDelete)}</p>
      {successors.slice(0, MOST_NAMED).map(({ user_id, name }) => (
        <button
          key={user_id}
          type="button"
          className="button"
          aria-busy={offering.isRunning}
          onClick={() => void offering.run(user_id)}
        >
          {strings.hostLeaving.handOver(name)}
        </button>
      ))}
      <ActionFailure error={offering.failure} />
      <div className="dialog-actions">
        {mayDelete ? <DeleteRoom /> : null}
        <button type="button" className="button primary" onClick={onClose}>
          {strings.leave.stay}
        </button>
      </div>
    </Dialog>
  )
}
