import { parseRoomCode } from '../../protocol/ids.ts'
import { Refusal } from '../../protocol/refusals.ts'

/** The code that a room id (or a typed code) stands for. @throws Refusal room_not_found where no room can have it */
export const codeOf = (roomId: string): string => {
  const code = parseRoomCode(roomId)
  if (code === undefined) throw new Refusal('room_not_found')
  return code
}
