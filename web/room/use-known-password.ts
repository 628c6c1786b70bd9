import { rememberedRoomPassword } from '../home/room-password.ts'
import { useRoom, useRoomState } from './room-context.tsx'

/** The room's password, where this tab was told it and it still is the one that the server holds. */
export const useKnownPassword = (): string | null => {
  const { code } = useRoom()
  const since = useRoomState(({ room }) => room?.password_at ?? null)
  return rememberedRoomPassword(code, since)
}
