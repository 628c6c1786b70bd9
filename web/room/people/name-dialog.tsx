import { NameForm } from '../../account/name-form.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { strings } from '../../strings/strings.ts'

/** One's own name, out of the list of people. */
export const NameDialog = ({ onClose }: { onClose: () => void }) => (
  <Dialog title={strings.newName.title} onClose={onClose}>
    <NameForm onDone={onClose} />
  </Dialog>
)
