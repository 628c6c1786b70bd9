import { type RefObject, useEffect, useRef } from 'react'

const tabAbove = (): HTMLElement | null => document.querySelector('[role=tab][aria-selected=true]')

/**
 * In a list whose rows go away: focus that went with one of them goes `on`, instead of nowhere. That is the tab above where
 * nothing else is said.
 */
export const useKeptFocus = (list: RefObject<HTMLElement | null>, on: () => HTMLElement | null = tabAbove): void => {
  const last = useRef<Element | null>(null)
  useEffect(() => {
    const element = list.current
    const note = ({ target }: FocusEvent) => {
      last.current = target instanceof Element ? target : null
    }
    const forget = ({ relatedTarget }: FocusEvent) => {
      if (relatedTarget !== null) last.current = null
    }
    // The focus goes nowhere as well where somebody clicks beside the list, on what takes none.
    const leave = ({ target }: PointerEvent) => {
      if (target instanceof Node && element?.contains(target) !== true) last.current = null
    }
    addEventListener('pointerdown', leave, true)
    element?.addEventListener('focusin', note)
    element?.addEventListener('focusout', forget)
    return () => {
      removeEventListener('pointerdown', leave, true)
      element?.removeEventListener('focusin', note)
      element?.removeEventListener('focusout', forget)
    }
  }, [list])
  // After every change of the list.
  useEffect(() => {
    if (last.current === null || last.current.isConnected || document.activeElement !== document.body) return
    last.current = null
    on()?.focus()
  })
}
