import type { ReactNode } from 'react'
import type { ApiError } from '../../../client/index.ts'
import { Loading } from '../../parts/loading.tsx'
import { sentenceFor } from '../../parts/use-action.ts'
import type { Answered as AnsweredCall } from '../../parts/use-answer.ts'
import { strings } from '../../strings/strings.ts'
import { words } from '../strings/strings.ts'
import { SignInAgain } from './sign-in-again.tsx'

/** What stands where something could not be read, with the way on. */
export const Failure = ({ error, retry }: { error: ApiError; retry: () => void }) => (
  <div className="load-failure" role="alert">
    <p>{sentenceFor(error, words.refusals)}</p>
    {error.code === 'sign_in_again' ? (
      <SignInAgain label={words.again.submit} />
    ) : (
      <button type="button" className="button" onClick={retry}>
        {strings.tryAgain}
      </button>
    )}
  </div>
)

type AnsweredProps<T> = { call: AnsweredCall<T>; children: (answer: T, again: () => void) => ReactNode }

/** The answer to a call, or what stands there until it comes, or where it does not. */
export const Answered = <T,>({ call, children }: AnsweredProps<T>) => {
  switch (call.status) {
    case 'loading':
      return <Loading />
    case 'failed':
      return <Failure error={call.error} retry={call.retry} />
    case 'ready':
      return children(call.answer, call.again)
    default:
      return call satisfies never
  }
}
