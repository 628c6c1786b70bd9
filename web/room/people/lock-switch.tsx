import { useState } from 'react'
import { useAccount } from '../../account/account-provider.tsx'
import { ActionFailure } from '../../parts/failure.tsx'
import { Switch } from '../../parts/switch.tsx'
import { useAction } from '../../parts/use-action.ts'
import { strings } from '../../strings/strings.ts'
import { useMayDo, useRoom, useRoomState } from '../room-context.tsx'

/** Lets nobody new in, at once: whoever has to hurry does not look for the settings. */
export const LockSwitch = () => (useMayDo('moderate') ? <Lock /> : null)

const Lock = () => {
  const { call } = useAccount()
  const { code } = useRoom()
  const isLocked = useRoomState((state) => state.room?.is_locked ?? false)
  const [wanted, setWanted] = useState<boolean | null>(null)
  const lock = useAction(async (isOn: boolean) => {
    setWanted(isOn)
    try {
      await call('rooms/settings', { room_id: code, is_locked: isOn })
    } finally {
      setWanted(null)
    }
  })
  return (
    <div className="people-lock">
      <Switch label={strings.people.lock} isOn={wanted ?? isLocked} onChange={(isOn) => void lock.run(isOn)} />
      <ActionFailure error={lock.failure} />
    </div>
  )
}
