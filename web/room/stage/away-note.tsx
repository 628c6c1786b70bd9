import { useEffect, useState } from 'react'
import { Icon } from '../../parts/icon.tsx'
import { strings } from '../../strings/strings.ts'
import { useHostName, useIsHostAway } from '../room-context.tsx'

/** Over the picture: why nobody can play or pause just now. It can be put away until the host has been here again. */
export const AwayNote = () => {
  const host = useHostName()
  const isAway = useIsHostAway()
  const [isClosed, setClosed] = useState(false)
  useEffect(() => {
    if (!isAway) setClosed(false)
  }, [isAway])
  if (!isAway || isClosed) return null
  return (
    <p className="stage-note">
      <span>{strings.stage.away(host)}</span>
      <button type="button" aria-label={strings.close} onClick={() => setClosed(true)}>
        <Icon name="close" />
      </button>
    </p>
  )
}
