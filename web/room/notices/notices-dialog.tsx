import { useState } from 'react'
import { Dialog } from '../../parts/dialog.tsx'
import { Switch } from '../../parts/switch.tsx'
import { strings } from '../../strings/strings.ts'
import { setPreference, usePreference } from '../settings/preferences.ts'
import { chime } from './chime.ts'
import { allowNotifications, hasNotifications } from './notifications.ts'

/** What this person wants to be told, on this device. */
export const NoticesDialog = ({ onClose }: { onClose: () => void }) => {
  const activity = usePreference('activity')
  const sound = usePreference('sound')
  const notification = usePreference('notification')
  const [isRefused, setRefused] = useState(false)
  const changeSound = (isOn: boolean) => {
    setPreference('sound', isOn)
    if (isOn) chime()
  }
  const changeNotification = async (isOn: boolean) => {
    const isAllowed = isOn && (await allowNotifications())
    setPreference('notification', isAllowed)
    setRefused(isOn && !isAllowed)
  }
  return (
    <Dialog title={strings.notices.title} onClose={onClose}>
      <Switch label={strings.notices.activity} isOn={activity} onChange={(isOn) => setPreference('activity', isOn)} />
      <Switch label={strings.notices.sound} isOn={sound} onChange={changeSound} />
      {hasNotifications() ? (
        <Switch
          label={strings.notices.notification}
          isOn={notification}
          onChange={(isOn) => void changeNotification(isOn)}
        />
      ) : null}
      <p className="field-note" role="status">
        {isRefused ? strings.notices.refused : strings.notices.note}
      </p>
    </Dialog>
  )
}
