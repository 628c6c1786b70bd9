import { strings } from '../strings/strings.ts'
import { NobodyThere } from './nobody-there.tsx'

type LockedProps = { host: string; isNobodyThere: boolean; onAgain: () => void }

/** In the place of the form: whoever types a password should know before that it does not help. */
export const Locked = ({ host, isNobodyThere, onAgain }: LockedProps) => (
  <div className="stack">
    <p className="notice" role="status">
      {strings.invite.locked}
    </p>
    {isNobodyThere ? <NobodyThere text={strings.invite.nobodyUnlocks(host)} /> : null}
    <button type="button" className="button" onClick={onAgain}>
      {strings.invite.lookAgain}
    </button>
  </div>
)
