import { mayDo, type RoomState, roleOf } from '../../client/index.ts'
import { allRoles, rightsOf } from '../../protocol/roles.ts'

const driving = allRoles.filter((role) => rightsOf[role].includes('command'))

/** Those of the people here who drive by their role, the host first. They choose the video as well. */
export const driversHere = (state: Pick<RoomState, 'people' | 'room'>): readonly string[] =>
  driving.flatMap((role) =>
    state.people.list.filter(({ user_id }) => roleOf(state, user_id) === role).map(({ name }) => name),
  )

/** What goes on without the host: this person may drive, a co-host who is here may, or nobody. */
export const drivesMeanwhile = (state: RoomState, me: string): 'you' | 'cohosts' | 'nobody' => {
  if (mayDo(state, me, 'command')) return 'you'
  return driversHere(state).length > 0 ? 'cohosts' : 'nobody'
}
