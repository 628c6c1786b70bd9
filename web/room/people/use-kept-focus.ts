import { type RefObject, useEffect, useRef } from 'react'

/** In a list whose rows go away: focus that went with one of them goes to the tab above instead of nowhere. */
export const useKeptFocus = (list: RefObject<HTMLElement | null>): void => {
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
    document.querySelector<HTMLElement>('[role=tab][aria-selected=true]')?.focus()
  })
}
