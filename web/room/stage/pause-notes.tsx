import { useEffect, useState } from 'react'
import { Icon } from '../../parts/icon.tsx'
import { strings } from '../../strings/strings.ts'
import { useMayDo, useRoomState } from '../room-context.tsx'
import { useMutedUntil } from '../use-muted-until.ts'
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

/** That this person was muted, and that they may write again: said at once, and not only when they write. */
export const MutedNote = () => {
  const until = useMutedUntil()
  const [told, setTold] = useState<number | 'free' | null>(null)
  const [closed, setClosed] = useState<typeof told>(null)
  useEffect(() => {
    setClosed(null)
    // Who was never muted is told nothing.
    setTold((before) => until ?? (before === null ? null : 'free'))
  }, [until])
  useEffect(() => {
    if (told !== 'free') return
    const timer = setTimeout(() => setTold(null), SHOWN_FOR_MS)
    return () => clearTimeout(timer)
  }, [told])
  if (told === null || told === closed) return null
  return (
    <p className="stage-note">
      <span>{told === 'free' ? strings.hands.unmuted : strings.hands.muted(new Date(told))}</span>
      <button type="button" aria-label={strings.close} onClick={() => setClosed(told)}>
        <Icon name="close" />
      </button>
    </p>
  )
}
