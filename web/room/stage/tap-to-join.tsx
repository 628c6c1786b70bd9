import { useEffect, useRef } from 'react'
import type { Hold } from '../../../client/index.ts'
import { unlock } from '../../players/unlock.ts'
import { strings } from '../../strings/strings.ts'
import { useRoom } from '../room-context.tsx'

/** One tap puts a player in step that the browser, or something outside of the page, keeps from playing. */
export const TapToJoin = ({ hold, element }: { hold: Hold; element: HTMLVideoElement | null }) => {
  const { session } = useRoom()
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => button.current?.focus(), [])
  const join = () => {
    // A browser that has refused wants to see a start within the touch. One that played before does not.
    if (element !== null && hold === 'refused') unlock(element)
    session.unblock()
  }
  return (
    <button type="button" ref={button} className="tap-to-join" onClick={join}>
      <span className="tap-to-join-title">{strings.stage.tapToJoin}</span>
      <span>{strings.stage.tapToJoinNotes[hold]}</span>
    </button>
  )
}
