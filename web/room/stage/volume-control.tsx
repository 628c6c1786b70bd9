import { useEffect, useState } from 'react'
import { strings } from '../../strings/strings.ts'
import { ControlButton } from './control-button.tsx'
import { useStage } from './stage-context.tsx'

export const VolumeControl = () => {
  const { element, commands } = useStage()
  const [level, setLevel] = useState(1)
  useEffect(() => {
    if (element === null) return
    const showLevel = () => setLevel(element.muted ? 0 : element.volume)
    showLevel()
    element.addEventListener('volumechange', showLevel)
    return () => element.removeEventListener('volumechange', showLevel)
  }, [element])
  const isSilent = level === 0
  return (
    <div className="volume">
      <ControlButton
        icon={isSilent ? 'muted' : 'volume'}
        label={isSilent ? strings.controls.unmute : strings.controls.mute}
        onClick={commands.toggleMute}
      />
      <input
        type="range"
        className="volume-slider"
        min={0}
        max={1}
        step={0.05}
        value={level}
        aria-label={strings.controls.volume}
        aria-valuetext={`${Math.round(level * 100)} %`}
        style={{ '--share': level }}
        onChange={(event) => commands.setVolume(event.target.valueAsNumber)}
      />
    </div>
  )
}
