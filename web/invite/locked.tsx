import { strings } from '../strings/strings.ts'

/** In the place of the form: whoever types a password should know before that it does not help. */
export const Locked = ({ onAgain }: { onAgain: () => void }) => (
  <div className="stack">
    <p className="notice" role="status">
      {strings.invite.locked}
    </p>
    <button type="button" className="button" onClick={onAgain}>
      {strings.invite.lookAgain}
    </button>
  </div>
)
