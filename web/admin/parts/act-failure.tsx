import type { ApiError } from '../../../client/index.ts'
import { ActionFailure } from '../../parts/failure.tsx'
import { words } from '../strings/strings.ts'
import { SignInAgain } from './sign-in-again.tsx'

/** Why something was not done, with the way on where there is one. */
export const ActFailure = ({ error }: { error: ApiError | null }) => (
  <>
    <ActionFailure error={error} instead={words.refusals} />
    {error?.code === 'sign_in_again' ? <SignInAgain label={words.again.submit} /> : null}
  </>
)
