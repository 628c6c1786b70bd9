import { useCallback, useEffect, useMemo } from 'react'
import { ApiError } from '../../../client/index.ts'
import { LIVE_ORIGIN_SECONDS } from '../../../protocol/limits.ts'
import { useAccount } from '../../account/account-provider.tsx'
import type { LiveFacts } from '../../players/live-line.ts'
import { useMayDo, useRoom } from '../room-context.tsx'

const CHECK_EVERY_MS = 2_000
/** The origin is sent again after this, where no answer came. */
const AGAIN_AFTER_MS = 10_000

export type Live = {
  facts: () => LiveFacts | null
  /** Of a broadcast that has no time line: seconds behind its newest picture. */
  behind: () => number | null
  /** Plays at the edge, for everyone. */
  playAtEdge: () => void
}

/**
 * A live stream's time line, for those who drive. Whoever plays the stream first tells the room where its positions
 * count 0. A stream that has run for a week gets a new 0.
 */
export const useLive = (facts: Live['facts'], behind: Live['behind']): Live => {
  const { session, code } = useRoom()
  const { call } = useAccount()
  const mayCommand = useMayDo('command')

  /** The room's origin afterwards, undefined where it has not heard it. Somebody else may have told one first. */
  const tellOrigin = useCallback(
    async (origin: number): Promise<number | undefined> => {
      const url = session.store.get().media?.url
      if (url === undefined) return undefined
      try {
        const { media } = await call('rooms/settings', { room_id: code, learned: { url, live_origin: origin } })
        return media?.live_origin
      } catch (error) {
        if (!(error instanceof ApiError)) throw error
        return undefined
      }
    },
    [session, code, call],
  )

  const playAtEdge = useCallback(async () => {
    const live = facts()
    // A broadcast without a time line goes to its edge at every command.
    if (live === null) return behind() === null ? undefined : session.play()
    const isPlaced = session.store.get().media?.live_origin !== undefined && live.edge < LIVE_ORIGIN_SECONDS
    const origin = isPlaced ? undefined : await tellOrigin(live.edgeMadeAt)
    session.play(Math.max(0, origin === undefined ? live.edge : (live.edgeMadeAt - origin) / 1000))
  }, [facts, behind, session, tellOrigin])

  useEffect(() => {
    if (!mayCommand) return
    let notBefore = 0
    const check = async () => {
      const live = facts()
      if (live === null || session.phase() === 'paused' || performance.now() < notBefore) return
      notBefore = performance.now() + AGAIN_AFTER_MS
      if (session.store.get().media?.live_origin === undefined) await tellOrigin(live.origin)
      else if (live.edge >= LIVE_ORIGIN_SECONDS) await playAtEdge()
    }
    const timer = setInterval(() => void check(), CHECK_EVERY_MS)
    return () => clearInterval(timer)
  }, [mayCommand, session, facts, tellOrigin, playAtEdge])

  return useMemo(() => ({ facts, behind, playAtEdge: () => void playAtEdge() }), [facts, behind, playAtEdge])
}
