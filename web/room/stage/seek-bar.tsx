import { useState } from 'react'
import { strings } from '../../strings/strings.ts'
import { formatTime } from '../format-time.ts'
import { useMayDo, useRoomState } from '../room-context.tsx'
import { HoverTime, useHover } from './hover-time.tsx'
import { useStage } from './stage-context.tsx'

/** The host drags the room along it; everybody else sees where the room is. */
export const SeekBar = () => {
  const { playhead, commands, aim } = useStage()
  const { position, duration } = playhead
  const url = useRoomState(({ media }) => media?.url)
  const mayCommand = useMayDo('command')
  const hover = useHover()
  // The browser's own drag goes on as long as the bar is the same. Whoever only stands on it by keyboard stays there.
  const [held, setHeld] = useState({ url, count: 0 })
  if (held.url !== url) setHeld({ url, count: held.count + (aim.isHeld() ? 1 : 0) })

  const shown = aim.at ?? position
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
        key={held.count}
        type="range"
        min={0}
        max={duration ?? Math.max(1, position)}
        step="any"
        value={shown}
        disabled={duration === null}
        aria-label={strings.controls.position}
        aria-valuetext={text}
        onPointerDown={({ button }) => button === 0 && aim.hold()}
        onChange={(event) => aim.point(event.target.valueAsNumber, commands.seek)}
        onPointerUp={(event) => aim.isHeld() && commands.seek(event.currentTarget.valueAsNumber)}
        onPointerCancel={aim.letGo}
        onLostPointerCapture={aim.letGo}
      />
    </div>
  )
}
