import { useEffect, useState } from 'react'
import { ApiError, type Phase, type RoomSession } from '../../../client/index.ts'
import { MAX_TIME_SECONDS } from '../../../protocol/limits.ts'
import { useAccount } from '../../account/account-provider.tsx'
import { DISOBEYS_AFTER_MS } from '../../players/embed-wish.ts'
import { useMayDo, useRoom, useRoomState } from '../room-context.tsx'

/**
 * An embed may tell the length of an advertisement first. It is known for one once the embed does not obey. That shows only
 * while the room plays: one that was told to pause obeys, whatever it shows.
 */
const STEADY_FOR_MS = DISOBEYS_AFTER_MS + 2_000
/**
 * An embed may be told to seek first, and to play only later, and is known to disobey later by that. Under an advertisement
 * it stands: by the end of the steady time it is further off the room than this.
 */
const WITH_ROOM_MS = 2_000
const AGAIN_AFTER_MS = 30_000
/** Each player rounds in its own way. */
const LONGER_BY_SECONDS = 1

const playsWithRoom = (session: RoomSession): boolean => {
  const drift = session.drift()
  return drift !== null && Math.abs(drift) < WITH_ROOM_MS
}

/**
 * The host's player tells the room how long its video is, where the room does not know it or knows a shorter time.
 * Streams and embeds say it late, and recordings grow. The server knows whether the room has it from a player, and
 * keeps what was chosen. What an embed says is told once it has played with the room for a while.
 */
export const useLearnedDuration = (isEmbedded: boolean, phase: Phase): void => {
  const { code, session } = useRoom()
  const { call } = useAccount()
  const mayChoose = useMayDo('choose')
  const url = useRoomState(({ media }) => media?.url ?? null)
  const known = useRoomState(({ media }) => media?.duration ?? null)
  const duration = useRoomState(({ player }) => player.duration)
  const [attempt, setAttempt] = useState(0)
  const isTooSoon = isEmbedded && phase === 'paused'

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt tells it anew
  useEffect(() => {
    if (!mayChoose || isTooSoon || url === null || duration === null || duration > MAX_TIME_SECONDS) return
    if (known !== null && duration < known + LONGER_BY_SECONDS) return
    let isOver = false
    const tell = () => {
      if (isEmbedded && !playsWithRoom(session)) {
        timer = setTimeout(tell, STEADY_FOR_MS)
        return
      }
      call('rooms/settings', { room_id: code, learned: { url, duration } }).catch((error) => {
        if (!(error instanceof ApiError)) throw error
        if (!isOver) timer = setTimeout(() => setAttempt((before) => before + 1), AGAIN_AFTER_MS)
      })
    }
    let timer = setTimeout(tell, STEADY_FOR_MS)
    return () => {
      isOver = true
      clearTimeout(timer)
    }
  }, [mayChoose, isEmbedded, isTooSoon, url, known, duration, code, session, call, attempt])
}
