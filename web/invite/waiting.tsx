import { strings } from '../strings/strings.ts'

/** Moves on by itself: the wait behind it asks again every few seconds. */
export const Waiting = ({ host, onStop }: { host: string; onStop: () => void }) => (
  <div className="waiting">
    <p className="waiting-text" role="status">
      <span className="waiting-mark" aria-hidden="true" />
      {strings.invite.waiting(host)}
    </p>
    <p className="field-note">{strings.invite.waitingNote}</p>
    <button type="button" className="button" onClick={onStop}>
      {strings.invite.stopWaiting}
    </button>
  </div>
)
