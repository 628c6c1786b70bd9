import { strings } from '../strings/strings.ts'
import { type Sentences, sentenceFor } from './use-action.ts'

/** A failed load in the place of what would be there, with the way on. */
export const LoadFailure = ({ error, retry }: { error: unknown; retry: () => void }) => (
  <div className="load-failure" role="alert">
    <p>{sentenceFor(error)}</p>
    <button type="button" className="button" onClick={retry}>
      {strings.tryAgain}
    </button>
  </div>
)

/** A refused action, below the control that asked for it. `instead`: sentences of its own for some refusals. */
export const ActionFailure = ({ error, instead }: { error: unknown; instead?: Sentences }) => (
  <div className="action-failure" role="alert">
    {error == null ? null : <p>{sentenceFor(error, instead)}</p>}
  </div>
)
