import { strings } from '../strings/strings.ts'
import { NobodyThere } from './nobody-there.tsx'
import type { Wait } from './use-joining.ts'

type WaitingProps = { host: string; wait: Wait; isNobodyThere: boolean; onStop: () => void }

/** Moves on by itself: the wait behind it asks again every few seconds. */
export const Waiting = ({ host, wait, isNobodyThere, onStop }: WaitingProps) => (
  <div className="waiting">
    <p className="waiting-text" role="status">
      <span className="waiting-mark" aria-hidden="true" />
      {wait === 'soon' ? strings.invite.tooSoon : strings.invite.waiting}
    </p>
    {wait === 'recent_ban' ? <p className="notice">{strings.invite.recentBan}</p> : null}
    {isNobodyThere && wait !== 'soon' ? <NobodyThere text={strings.invite.nobodyThere(host)} /> : null}
    <p className="field-note">{strings.invite.waitingNote}</p>
    <button type="button" className="button" onClick={onStop}>
      {strings.invite.stopWaiting}
    </button>
  </div>
)
