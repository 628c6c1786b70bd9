import { useEffect, useState } from 'react'
import { Icon } from '../../parts/icon.tsx'
import { strings } from '../../strings/strings.ts'
import type { RoleHappening } from '../chat/happenings.ts'
import { usePageState } from '../page-state.tsx'

const SHOWN_FOR_MS = 20_000

const sentenceOf = (what: RoleHappening): string => {
  switch (what.kind) {
    case 'control':
      return strings.activity.control(what.isForAll, what.name)
    case 'handedOver':
      return strings.activity.handedOver(what.name)
    default:
      return what.isOwn ? strings.hands[what.kind] : strings.activity[what.kind](what.name)
  }
}

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
      <span>{sentenceOf(what)}</span>
      <button type="button" aria-label={strings.close} onClick={() => setClosed(what)}>
        <Icon name="close" />
      </button>
    </p>
  )
}
