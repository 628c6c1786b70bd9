import { useEffect, useRef } from 'react'
import type { Hold } from '../../../client/index.ts'
import { unlock } from '../../players/unlock.ts'
import { strings } from '../../strings/strings.ts'
import { useAnnounce } from '../announcer.tsx'
import { useRoom } from '../room-context.tsx'
import { useStage } from './stage-context.tsx'

/** Over a player that waits for the person: a touch lets it go on. */
export const TapToJoin = ({ hold }: { hold: Hold }) => {
  const { session } = useRoom()
  const { element } = useStage()
  const announce = useAnnounce()
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    // Whoever is at something else, such as writing, stays there, and is told. From within an embed no key reaches the page.
    const { activeElement } = document
    if (activeElement === document.body || activeElement === element) button.current?.focus()
    else announce(strings.stage.tapToJoin)
  }, [element, announce])
  const join = () => {
    // A browser that has refused wants to see a start within the touch; one that played before does not.
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
