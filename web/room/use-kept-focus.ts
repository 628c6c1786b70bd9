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
    element?.addEventListener('focusin', note)
    element?.addEventListener('focusout', forget)
    return () => {
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
