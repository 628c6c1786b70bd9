import type { ReactNode } from 'react'
import { strings } from '../strings/strings.ts'
import { Dialog } from './dialog.tsx'
import { ActionFailure } from './failure.tsx'
import type { Action, Sentences } from './use-action.ts'

type ConfirmDialogProps = {
  title: string
  text: string
  submit: string
  look?: 'danger' | 'primary'
  action: Pick<Action<[]>, 'run' | 'isRunning' | 'failure'>
  /** Sentences of its own for some refusals. */
  instead?: Sentences
  onClose: () => void
  /** What else there is to decide with it. */
  children?: ReactNode
}

/** Asks once more before something that cannot be undone. It stays until the answer is there: a refusal is told in it. */
export const ConfirmDialog = ({
  title,
  text,
  submit,
  look = 'danger',
  action,
  instead = {},
  onClose,
  children,
}: ConfirmDialogProps) => (
  <Dialog title={title} onClose={onClose} isHeld={action.isRunning}>
    <p>{text}</p>
    {children}
    <ActionFailure error={action.failure} instead={instead} />
    <div className="dialog-actions">
      <button
        type="button"
        className="button"
        aria-disabled={action.isRunning}
        onClick={() => action.isRunning || onClose()}
      >
        {strings.cancel}
      </button>
      <button type="button" className={`button ${look}`} aria-busy={action.isRunning} onClick={() => void action.run()}>
        {submit}
      </button>
    </div>
  </Dialog>
)
