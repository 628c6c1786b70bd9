import { Dialog } from '../parts/dialog.tsx'
import { Switch } from '../parts/switch.tsx'
import { strings } from '../strings/strings.ts'
import { setPreference, usePreference } from './preferences.ts'

/** What this person wants to be told, on this device. */
export const NoticesDialog = ({ onClose }: { onClose: () => void }) => {
  const activity = usePreference('activity')
  return (
    <Dialog title={strings.notices.title} onClose={onClose}>
      <Switch label={strings.notices.activity} isOn={activity} onChange={(isOn) => setPreference('activity', isOn)} />
    </Dialog>
  )
}
