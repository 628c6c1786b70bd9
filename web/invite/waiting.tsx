import { strings } from '../strings/strings.ts'

type WaitingProps = { host: string; isTooSoon: boolean; isNobodyThere: boolean; onStop: () => void }

/** Moves on by itself: the wait behind it asks again every few seconds. */
export const Waiting = ({ host, isTooSoon, isNobodyThere, onStop }: WaitingProps) => (
  <div className="waiting">
    <p className="waiting-text" role="status">
      <span className="waiting-mark" aria-hidden="true" />
      {isTooSoon ? strings.invite.tooSoon : strings.invite.waiting(host)}
    </p>
    {isNobodyThere ? <p className="notice">{strings.invite.nobodyThere(host)}</p> : null}
    <p className="field-note">{strings.invite.waitingNote}</p>
    <button type="button" className="button" onClick={onStop}>
      {strings.invite.stopWaiting}
    </button>
  </div>
)
