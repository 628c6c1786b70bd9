import { useEffect, useRef, useState } from 'react'
import { toggleFullscreen } from '../fullscreen.ts'
import { useRoomView } from '../room-view.tsx'
import { toggleCaptions } from './captions.ts'
import { HelpDialog } from './help-dialog.tsx'
import { useStage } from './stage-context.tsx'

const SKIP_SECONDS = 5
const VOLUME_STEP = 0.05

const isButton = (target: EventTarget | null): boolean => target instanceof HTMLElement && target.matches('button, a')

const scrolls = (target: HTMLElement): boolean =>
  target !== document.body &&
  target.scrollHeight > target.clientHeight &&
  /auto|scroll/.test(getComputedStyle(target).overflowY)

/**
 * Where the keys belong to what has the focus: text fields always, sliders for the arrows, buttons for space and Enter.
 * What scrolls has the arrows up and down.
 */
const isTakenBy = (target: EventTarget | null, key: string): boolean => {
  if (!(target instanceof HTMLElement) || document.querySelector('dialog[open]') !== null) return true
  if (target.matches('input[type=range], [role=tab]')) return key.startsWith('Arrow')
  if (target.matches('input, textarea, select')) return true
  if (key === 'ArrowUp' || key === 'ArrowDown') return scrolls(target)
  return isButton(target) && (key === ' ' || key === 'Enter')
}

/** The key by what is printed on it, or by its place where the layout has no Latin letters. */
const keyOf = ({ key, code }: KeyboardEvent): string => {
  if (key.length !== 1) return key
  const isLatin = /^[\p{ASCII}\p{Script=Latin}]$/u.test(key)
  return isLatin || !/^Key[A-Z]$/.test(code) ? key.toLowerCase() : code.slice(-1).toLowerCase()
}

/** A key that is held is one press; only the arrows go on. */
export const Shortcuts = () => {
  const { element, commands, stage } = useStage()
  const [isHelpOpen, setHelpOpen] = useState(false)
  const view = useRoomView()
  const shortcuts: Record<string, (() => void) | undefined> = {
    ' ': commands.toggle,
    ArrowLeft: () => commands.skip(-SKIP_SECONDS),
    ArrowRight: () => commands.skip(SKIP_SECONDS),
    ArrowUp: () => commands.setVolume((element?.volume ?? 1) + VOLUME_STEP),
    ArrowDown: () => commands.setVolume((element?.volume ?? 1) - VOLUME_STEP),
    m: commands.toggleMute,
    c: () => element !== null && toggleCaptions(element),
    f: () => toggleFullscreen(stage.current, element),
    t: () => view.setTheatre(!view.isTheatre),
    Escape: view.isTheatre ? () => view.setTheatre(false) : undefined,
    Enter: view.openChat,
    '?': () => setHelpOpen(true),
  }
  const latest = useRef(shortcuts)
  latest.current = shortcuts
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return
      const isRepeat = event.repeat && !event.key.startsWith('Arrow')
      if (isTakenBy(event.target, event.key)) {
        // The browser would press the button anew with each of them.
        if (isRepeat && event.key === 'Enter' && isButton(event.target)) event.preventDefault()
        return
      }
      const shortcut = latest.current[keyOf(event)]
      if (shortcut === undefined) return
      event.preventDefault()
      if (!isRepeat) shortcut()
    }
    addEventListener('keydown', listen)
    return () => removeEventListener('keydown', listen)
  }, [])
  return isHelpOpen ? <HelpDialog onClose={() => setHelpOpen(false)} /> : null
}
