import { useCallback, useEffect, useMemo } from 'react'
import { ApiError } from '../../../client/index.ts'
import { MAX_TIME_SECONDS } from '../../../protocol/limits.ts'
import { useAccount } from '../../account/account-provider.tsx'
import type { LiveFacts } from '../../players/live-line.ts'
import { useMayDo, useRoom } from '../room-context.tsx'

const CHECK_EVERY_MS = 2_000
/** The origin is sent again after this, where no answer came. */
const AGAIN_AFTER_MS = 10_000
/** Positions end after a week. An hour before, the stream gets a new origin. */
const LAST_SECONDS = MAX_TIME_SECONDS - 3_600

export type Live = {
  facts: () => LiveFacts | null
  /** Plays at the edge, for everyone. */
  playAtEdge: () => void
}

/**
 * A live stream's time line, for the host: whoever plays it first tells the room where its positions count 0, and a stream
 * that has run for a week gets a new 0.
 */
export const useLive = (facts: () => LiveFacts | null): Live => {
  const { session, code } = useRoom()
  const { call } = useAccount()
  const mayChoose = useMayDo('choose')

  /** Whether the room has heard it. */
  const tellOrigin = useCallback(
    async (origin: number): Promise<boolean> => {
      const url = session.store.get().media?.url
      if (url === undefined) return false
      try {
        await call('rooms/settings', { room_id: code, learned: { url, live_origin: origin } })
        return true
      } catch (error) {
        if (!(error instanceof ApiError)) throw error
        return false
      }
    },
    [session, code, call],
  )

  const playAtEdge = useCallback(async () => {
    const live = facts()
    if (live === null) return
    const isPlaced = session.store.get().media?.live_origin !== undefined && live.edge < LAST_SECONDS
    const isNew = !isPlaced && (await tellOrigin(live.edgeMadeAt))
    session.play(isNew ? 0 : Math.max(0, live.edge))
  }, [facts, session, tellOrigin])

  useEffect(() => {
    if (!mayChoose) return
    let notBefore = 0
    const check = async () => {
      const live = facts()
      if (live === null || session.phase() === 'paused' || performance.now() < notBefore) return
      notBefore = performance.now() + AGAIN_AFTER_MS
      if (session.store.get().media?.live_origin === undefined) await tellOrigin(live.origin)
      else if (live.edge >= LAST_SECONDS) await playAtEdge()
    }
    const timer = setInterval(() => void check(), CHECK_EVERY_MS)
    return () => clearInterval(timer)
  }, [mayChoose, session, facts, tellOrigin, playAtEdge])

  return useMemo(() => ({ facts, playAtEdge: () => void playAtEdge() }), [facts, playAtEdge])
}
