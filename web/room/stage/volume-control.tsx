import { useEffect, useState } from 'react'
import { Icon } from '../../parts/icon.tsx'
import { strings } from '../../strings/strings.ts'
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
      <button
        type="button"
        className="control"
        aria-label={isSilent ? strings.controls.unmute : strings.controls.mute}
        onClick={commands.toggleMute}
      >
        <Icon name={isSilent ? 'muted' : 'volume'} />
      </button>
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
