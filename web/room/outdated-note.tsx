import { useState } from 'react'
import { Icon } from '../parts/icon.tsx'
import { strings } from '../strings/strings.ts'
import { useRoomState } from './room-context.tsx'

// Of the loaded page and not of one room: the next room in it finds the same old page.
let isPutAway = false

/** Above the room, once the server speaks a newer protocol than this page. The address is the room's, so a reload comes back to it. */
export const OutdatedNote = () => {
  const isOutdated = useRoomState((state) => state.isOutdated)
  const [isClosed, setClosed] = useState(isPutAway)
  const putAway = () => {
    isPutAway = true
    setClosed(true)
  }
  return (
    <div className="outdated" role="status">
      {!isOutdated || isClosed ? null : (
        <div className="outdated-note">
          <p>{strings.outdated.text}</p>
          <button type="button" className="button compact" onClick={() => location.reload()}>
            {strings.outdated.reload}
          </button>
          <button type="button" className="icon-button" aria-label={strings.close} onClick={putAway}>
            <Icon name="close" />
          </button>
        </div>
      )}
    </div>
  )
}
