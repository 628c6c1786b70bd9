import { strings } from '../strings/strings.ts'

/** Shown only after a moment (see the style), so that what comes at once does not flash. */
export const Loading = () => (
  <div className="loading" role="status">
    <span className="loading-mark" aria-hidden="true" />
    <span className="visually-hidden">{strings.loading}</span>
  </div>
)
