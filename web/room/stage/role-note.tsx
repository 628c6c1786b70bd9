import { useEffect, useState } from 'react'
import { Icon } from '../../parts/icon.tsx'
import { strings } from '../../strings/strings.ts'
import { roleSentence } from '../chat/role-sentence.ts'
import { usePageState } from '../page-state.tsx'

const SHOWN_FOR_MS = 20_000

/** That this person may do more or less than before. Screen readers were told by the narrator: this is for the eyes. */
export const RoleNote = () => {
  const what = usePageState(({ ownRole }) => ownRole)
  const [closed, setClosed] = useState(what)
  useEffect(() => {
    const timer = setTimeout(() => setClosed(what), SHOWN_FOR_MS)
    return () => clearTimeout(timer)
  }, [what])
  if (what === null || what === closed) return null
  return (
    <p className="stage-note" aria-live="off">
      <span>{roleSentence(what)}</span>
      <button type="button" aria-label={strings.close} onClick={() => setClosed(what)}>
        <Icon name="close" />
      </button>
    </p>
  )
}
