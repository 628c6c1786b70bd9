import { useCallback, useRef, useState } from 'react'
import { ApiError, type ErrorCode } from '../../client/index.ts'
import { strings } from '../strings/strings.ts'

/** A sentence for a refusal. */
export type Sentences = Partial<Record<ErrorCode, string>>

/** What to say of a value that was refused: the server names the field, and where it lies inside of another one the outer. */
const sentenceForField = ({ message }: ApiError): string | undefined => {
  const known: Partial<Record<string, string>> = strings.invalidFields
  return known[/^The field "(\w+)/.exec(message)?.[1] ?? '']
}

/** What happened and what to do, for people. What only a newer server knows is told in the server's own words. */
export const sentenceFor = (error: unknown, instead: Sentences = {}): string => {
  if (!(error instanceof ApiError)) return strings.refusals.fault
  const ofField = error.code === 'invalid_field' ? sentenceForField(error) : undefined
  const known: Sentences = strings.refusals
  return instead[error.code] ?? ofField ?? known[error.code] ?? error.message
}

export type Action<Input extends unknown[]> = {
  run: (...input: Input) => Promise<void>
  isRunning: boolean
  failure: ApiError | null
  clear: () => void
}

/** Something that a button does: once at a time, with its failure kept for showing. Faults that are no refusal are thrown on. */
export const useAction = <Input extends unknown[]>(work: (...input: Input) => Promise<unknown>): Action<Input> => {
  const [isRunning, setRunning] = useState(false)
  const [failure, setFailure] = useState<ApiError | null>(null)
  const busy = useRef(false)
  const latest = useRef(work)
  latest.current = work

  const run = useCallback(async (...input: Input) => {
    if (busy.current) return
    busy.current = true
    setRunning(true)
    setFailure(null)
    try {
      await latest.current(...input)
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      setFailure(error)
    } finally {
      busy.current = false
      setRunning(false)
    }
  }, [])
  const clear = useCallback(() => setFailure(null), [])
  return { run, isRunning, failure, clear }
}
