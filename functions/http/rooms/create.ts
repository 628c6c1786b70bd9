import { Refusal } from '../../../protocol/refusals.ts'
import { hashChosenPassword } from '../../auth/room-passwords.ts'
import { tracesOf } from '../../auth/traces.ts'
import { type NewRoom, newRoom } from '../../domain/room.ts'
import { assertNotServiceBanned } from '../../domain/session.ts'
import { serve } from '../../middleware/route.ts'
import type { TellingServices } from '../../middleware/services.ts'
import { endRoom } from '../../table/endings.ts'
import { admit } from '../../table/members.ts'
import { noteCreated, putRoom } from '../../table/rooms.ts'
import { userById } from '../../table/users.ts'
import { doorTo } from '../door.ts'

// There are 23^6 = 148 million codes, so a code is rarely taken. Five taken ones in a row mean a broken random source.
const CODES_TRIED = 5

const takeCode = async (
  given: Omit<NewRoom, 'code'>,
  chosen: string | undefined,
  { ids, settings }: TellingServices<'api'>,
  now: number,
): Promise<string> => {
  for (let attempt = 0; attempt < CODES_TRIED; attempt += 1) {
    const code = ids.roomCode()
    const room = newRoom({ ...given, code }, now, settings.ROOM_IDLE_DAYS)
    const chosen_hash = chosen === undefined ? null : await hashChosenPassword(room, chosen)
    if (!(await putRoom({ ...room, chosen_hash }))) continue
    await noteCreated(room)
    return code
  }
  throw new Error('No free room code was found.')
}

export const create = serve('rooms/create', {
  load: (call, { settings }) => doorTo(call, settings),
  act: async ({ input, user, now, address }, door, services) => {
    const { ids, settings } = services
    assertNotServiceBanned(door, user)
    if (user.is_guest && !settings.GUESTS_MAY_HOST) throw new Refusal('guests_cannot_host')
    const entryMode = input.entry_mode ?? null
    // Where the host chooses one, nobody is told ours.
    const password = entryMode === 'PASSWORD' ? ids.roomPassword() : null
    const code = await takeCode(
      {
        name: input.name ?? null,
        is_private: input.is_private,
        is_listed: input.is_listed,
        entry_mode: entryMode,
        is_chat_enabled: input.is_chat_enabled ?? true,
        media: input.media ?? null,
        start: input.start,
        host_id: user.id,
        host: user.display_name,
        password,
      },
      input.password,
      services,
      now,
    )
    // The room's row is written before the member's, in no transaction. If this stops here, the host joins like anybody.
    const { left: traces } = await tracesOf(code, { address: await address() }, now, settings)
    const { display_name } = user
    const host = {
      user_id: user.id,
      name: display_name,
      display_name,
      is_guest: user.is_guest,
      hosting_since: now,
      traces,
    }
    if (!(await admit(code, undefined, { ...host, status: 'APPROVED' }, now))) {
      // In a new room only two things can prevent it: the account was deleted, or got another name, at the same time.
      await endRoom(code, user.id, now)
      throw new Refusal((await userById(user.id, now)) === undefined ? 'unauthorized' : 'conflict')
    }
    return {
      room_id: code,
      code,
      is_private: input.is_private,
      entry_mode: entryMode,
      ...(password !== null && { room_password: input.password ?? password }),
    }
  },
})
