import { useEffect, useState } from 'react'
import { Icon } from '../../parts/icon.tsx'
import { strings } from '../../strings/strings.ts'
import { drivesMeanwhile } from '../drivers.ts'
import { useHostName, useIsHostAway, useRoom, useRoomState } from '../room-context.tsx'

/** Over the picture: that the host is away, and who plays and pauses meanwhile. It can be put away until the host has been here again. */
export const AwayNote = () => {
  const { person } = useRoom()
  const host = useHostName()
  const isAway = useIsHostAway()
  const meanwhile = useRoomState((state) => drivesMeanwhile(state, person.id))
  const [isClosed, setClosed] = useState(false)
  useEffect(() => {
    if (!isAway) setClosed(false)
  }, [isAway])
  if (!isAway || isClosed) return null
  return (
    <p className="stage-note">
      <span>{strings.stage.away(host, meanwhile)}</span>
      <button type="button" aria-label={strings.close} onClick={() => setClosed(true)}>
        <Icon name="close" />
      </button>
    </p>
  )
}
