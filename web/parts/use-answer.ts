import { useCallback, useEffect, useState } from 'react'
import { ApiError } from '../../client/index.ts'
import type { AnswerOf, RouteName, SentOf } from '../../protocol/routes.ts'
import { useAccount } from '../account/account-provider.tsx'

export type Answered<T> =
  | { status: 'loading' }
  | { status: 'failed'; error: ApiError; retry: () => void }
  | { status: 'ready'; answer: T; again: () => void }

/** The answer to a call that a page needs in order to be drawn. `request` is compared by its content. */
export const useAnswer = <N extends RouteName>(name: N, request: SentOf<N>): Answered<AnswerOf<N>> => {
  const { call, api } = useAccount()
  const [state, setState] = useState<{ answer: AnswerOf<N> } | { error: ApiError } | null>(null)
  const [turn, setTurn] = useState(0)
  const key = JSON.stringify(request)

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new turn or another person asks again
  useEffect(() => {
    let isCurrent = true
    call(name, JSON.parse(key)).then(
      (answer) => isCurrent && setState({ answer }),
      (error: unknown) => isCurrent && error instanceof ApiError && setState({ error }),
    )
    return () => {
      isCurrent = false
    }
  }, [call, api, name, key, turn])

  const again = useCallback(() => setTurn((before) => before + 1), [])
  const retry = useCallback(() => {
    setState(null)
    again()
  }, [again])
  if (state === null) return { status: 'loading' }
  return 'error' in state
    ? { status: 'failed', error: state.error, retry }
    : { status: 'ready', answer: state.answer, again }
}
