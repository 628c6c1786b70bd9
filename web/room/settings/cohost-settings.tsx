import { Dialog } from '../../parts/dialog.tsx'
import { strings } from '../../strings/strings.ts'
import { LockSwitch } from '../people/lock-switch.tsx'
import { ClearChat } from './clear-chat.tsx'
import { Decisions } from './decisions.tsx'

/** The part of the settings that is a co-host's: it takes effect at once. The video is changed on the stage. */
export const CohostSettings = ({ onClose }: { onClose: () => void }) => (
  <Dialog title={strings.room.settings} onClose={onClose}>
    <p className="field-note">{strings.settings.cohostNote}</p>
    <LockSwitch />
    <div>
      <ClearChat />
    </div>
    <Decisions />
  </Dialog>
)
