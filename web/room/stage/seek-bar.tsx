import { useEffect, useRef, useState } from 'react'
import { strings } from '../../strings/strings.ts'
import { formatTime } from '../format-time.ts'
import { useMayDo } from '../room-context.tsx'
import { HoverTime, useHover } from './hover-time.tsx'
import { useStage } from './stage-context.tsx'

/** Arrow keys come one by one: the room is moved once, when they have stopped. */
const SETTLE_MS = 350

/** The host drags the room along it; everybody else sees where the room is. */
export const SeekBar = () => {
  const { playhead, commands, setDragging } = useStage()
  const { position, duration } = playhead
  const mayCommand = useMayDo('command')
  const [wanted, setWanted] = useState<number | null>(null)
  const hover = useHover()
  const held = useRef(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])

  const commit = (seconds: number) => {
    clearTimeout(timer.current)
    held.current = false
    setDragging(false)
    setWanted(null)
    commands.seek(seconds)
  }
  const shown = wanted ?? position
  const share = duration === null ? 0 : Math.min(1, shown / duration)
  const text =
    duration === null ? formatTime(shown) : strings.controls.positionText(formatTime(shown), formatTime(duration))

  if (!mayCommand)
    return (
      <div className="seek-bar readonly" style={{ '--share': share }} {...hover.handlers}>
        <div className="seek-track" />
        <HoverTime share={hover.share} duration={duration} />
      </div>
    )
  return (
    <div className="seek-bar" style={{ '--share': share }} {...hover.handlers}>
      <div className="seek-track" />
      <HoverTime share={hover.share} duration={duration} />
      <input
        type="range"
        min={0}
        max={duration ?? Math.max(1, position)}
        step="any"
        value={shown}
        disabled={duration === null}
        aria-label={strings.controls.position}
        aria-valuetext={text}
        onPointerDown={({ button }) => {
          if (button !== 0) return
          held.current = true
          setDragging(true)
        }}
        onChange={(event) => {
          const seconds = event.target.valueAsNumber
          setWanted(seconds)
          clearTimeout(timer.current)
          if (!held.current) timer.current = setTimeout(() => commit(seconds), SETTLE_MS)
        }}
        onPointerUp={(event) => held.current && commit(event.currentTarget.valueAsNumber)}
        onPointerCancel={() => {
          held.current = false
          setDragging(false)
          setWanted(null)
        }}
      />
    </div>
  )
}
