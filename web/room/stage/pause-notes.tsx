import { useEffect, useState } from 'react'
import { Icon } from '../../parts/icon.tsx'
import { strings } from '../../strings/strings.ts'
import { useMayDo, useRoomState } from '../room-context.tsx'
import { useStage } from './stage-context.tsx'

const SHOWN_FOR_MS = 20_000

/** Somebody who may not pause would like to: told to those who may, with the button that does it. */
export const PauseAsked = () => {
  const { playhead, commands } = useStage()
  const mayCommand = useMayDo('command')
  const asked = useRoomState(({ pauseAsked }) => pauseAsked)
  const [closed, setClosed] = useState(asked)
  useEffect(() => {
    const timer = setTimeout(() => setClosed(asked), SHOWN_FOR_MS)
    return () => clearTimeout(timer)
  }, [asked])
  const isPaused = playhead.phase === 'paused'
  useEffect(() => {
    if (isPaused) setClosed(asked)
  }, [asked, isPaused])
  if (asked === null || asked === closed || !mayCommand || isPaused) return null
  return (
    <p className="stage-note">
      <span>{strings.hands.asksForPause(asked.user)}</span>
      <button type="button" className="button compact" onClick={commands.pause}>
        {strings.controls.pause}
      </button>
      <button type="button" aria-label={strings.close} onClick={() => setClosed(asked)}>
        <Icon name="close" />
      </button>
    </p>
  )
}

/** The host has muted this person: said at once, and not only when they write. */
export const MutedNote = () => {
  const until = useRoomState(({ mutedUntil }) => mutedUntil)
  const [closed, setClosed] = useState<number | null>(null)
  if (until === null || until === closed || until <= Date.now()) return null
  return (
    <p className="stage-note">
      <span>{strings.hands.muted(new Date(until))}</span>
      <button type="button" aria-label={strings.close} onClick={() => setClosed(until)}>
        <Icon name="close" />
      </button>
    </p>
  )
}
