import { useEffect } from 'react'
import { strings } from '../../strings/strings.ts'
import { useRoomState } from '../room-context.tsx'

/** While the embed asks for something itself, such as to skip an advertisement, clicks and keys reach it. Says whether. */
export const useWayThrough = (element: HTMLVideoElement | null): boolean => {
  const isOpen = useRoomState(({ player }) => player.hindrance === 'disobeys')
  useEffect(() => {
    if (element === null || !isOpen) return
    // With a tab index of its own the frame inside would be left out.
    element.removeAttribute('tabindex')
    // Whoever comes to it by keyboard hears what it is. YouTube's script names it, where it gets that far.
    const frame = element.shadowRoot?.querySelector('iframe')
    if (frame?.title === '') frame.title = strings.stage.label
    return () => {
      element.tabIndex = -1
    }
  }, [element, isOpen])
  return isOpen
}
