import type { Action } from '../../parts/use-action.ts'
import { words } from '../strings/strings.ts'
import { ActFailure } from './act-failure.tsx'

/** Reads on in a list. */
export const MoreButton = ({ more }: { more: Action<[]> }) => (
  <div className="admin-more">
    <ActFailure error={more.failure} />
    <button type="button" className="button" aria-busy={more.isRunning} onClick={() => void more.run()}>
      {more.isRunning ? words.lookingOn : words.showMore}
    </button>
  </div>
)
