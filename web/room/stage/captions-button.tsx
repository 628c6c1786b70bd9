import { useEffect, useState } from 'react'
import { strings } from '../../strings/strings.ts'
import { captionsOf, toggleCaptions } from './captions.ts'
import { ControlButton } from './control-button.tsx'
import { useStage } from './stage-context.tsx'

/** There only for videos that bring captions along. */
export const CaptionsButton = () => {
  const { element } = useStage()
  const [state, setState] = useState<'none' | 'off' | 'on'>('none')
  useEffect(() => {
    if (element === null) return setState('none')
    const showState = () => setState(captionsOf(element))
    showState()
    // Embeds make their list of tracks only once they play.
    const events = ['loadedmetadata', 'playing'] as const
    const tracks = element.textTracks
    for (const event of events) element.addEventListener(event, showState)
    for (const event of ['addtrack', 'removetrack', 'change']) tracks?.addEventListener(event, showState)
    return () => {
      for (const event of events) element.removeEventListener(event, showState)
      for (const event of ['addtrack', 'removetrack', 'change']) tracks?.removeEventListener(event, showState)
    }
  }, [element])
  if (state === 'none' || element === null) return null
  const toggle = () => {
    toggleCaptions(element)
    setState(captionsOf(element))
  }
  return <ControlButton icon="captions" label={strings.controls.captions} isOn={state === 'on'} onClick={toggle} />
}
