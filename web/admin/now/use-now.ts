import { useEffect, useRef, useState } from 'react'
import { ApiError } from '../../../client/index.ts'
import type { AnswerOf, SentOf } from '../../../protocol/routes.ts'
import { useAccount } from '../../account/account-provider.tsx'
import { useWhileVisible } from '../../parts/use-while-visible.ts'

const ASKED_EVERY_MS = 10_000

export type Period = NonNullable<SentOf<'admin/now'>['period']>
export type Now = AnswerOf<'admin/now'>

type Known = { period: Period; now: Now | null; error: ApiError | null }

/**
 * How the service is, asked for again and again while somebody looks. What is known stays where a later answer does not
 * come, with the reason.
 */
export const useNow = (period: Period): { now: Now | null; error: ApiError | null; ask: () => void } => {
  const { call } = useAccount()
  const [known, setKnown] = useState<Known>({ period, now: null, error: null })
  const wanted = useRef(period)
  wanted.current = period
  const ask = () => {
    call('admin/now', { period }).then(
      (now) => wanted.current === period && setKnown({ period, now, error: null }),
      (error: unknown) => {
        if (!(error instanceof ApiError)) throw error
        if (wanted.current === period)
          setKnown((before) => ({ period, now: before.period === period ? before.now : null, error }))
      },
    )
  }
  useWhileVisible(ASKED_EVERY_MS, ask)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another period is asked for at once
  useEffect(() => {
    if (known.period !== period) ask()
  }, [period])
  return known.period === period ? { now: known.now, error: known.error, ask } : { now: null, error: null, ask }
}
