import { useEffect, useRef, useState } from 'react'
import { toggleFullscreen } from '../fullscreen.ts'
import { useRoomView } from '../room-view.tsx'
import { toggleCaptions } from './captions.ts'
import { HelpDialog } from './help-dialog.tsx'
import { useStage } from './stage-context.tsx'

const SKIP_SECONDS = 5
const VOLUME_STEP = 0.05

/** Where the keys belong to what has the focus: text fields always, sliders for the arrows, buttons for space and Enter. */
const isTakenBy = (target: EventTarget | null, key: string): boolean => {
  if (!(target instanceof HTMLElement) || document.querySelector('dialog[open]') !== null) return true
  if (target.matches('input[type=range], [role=tab]')) return key.startsWith('Arrow')
  if (target.matches('input, textarea, select')) return true
  return target.matches('button, a') && (key === ' ' || key === 'Enter')
}

/** The key by what is printed on it, or by its place where the layout has no Latin letters. */
const keyOf = ({ key, code }: KeyboardEvent): string => {
  if (key.length !== 1) return key
  const isLatin = /^[\p{ASCII}\p{Script=Latin}]$/u.test(key)
  return isLatin || !/^Key[A-Z]$/.test(code) ? key.toLowerCase() : code.slice(-1).toLowerCase()
}

export const Shortcuts = () => {
  const { element, commands, stage } = useStage()
  const [isHelpOpen, setHelpOpen] = useState(false)
  const view = useRoomView()
  const press = useRef((_key: string): boolean => false)
  press.current = (key) => {
    switch (key) {
      case ' ':
        commands.toggle()
        return true
      case 'ArrowLeft':
      case 'ArrowRight':
        commands.skip(key === 'ArrowLeft' ? -SKIP_SECONDS : SKIP_SECONDS)
        return true
      case 'ArrowUp':
      case 'ArrowDown':
        commands.setVolume((element?.volume ?? 1) + (key === 'ArrowUp' ? VOLUME_STEP : -VOLUME_STEP))
        return true
      case 'm':
        commands.toggleMute()
        return true
      case 'c':
        if (element !== null) toggleCaptions(element)
        return true
      case 'f':
        toggleFullscreen(stage.current, element)
        return true
      case 't':
        view.setTheatre(!view.isTheatre)
        return true
      case 'Escape':
        view.setTheatre(false)
        return view.isTheatre
      case 'Enter':
        view.openChat()
        return true
      case '?':
        setHelpOpen(true)
        return true
      default:
        return false
    }
  }
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTakenBy(event.target, event.key)) return
      if (press.current(keyOf(event))) event.preventDefault()
    }
    addEventListener('keydown', listen)
    return () => removeEventListener('keydown', listen)
  }, [])
  return isHelpOpen ? <HelpDialog onClose={() => setHelpOpen(false)} /> : null
}
