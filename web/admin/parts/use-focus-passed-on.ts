import { type RefObject, useLayoutEffect } from 'react'

/**
 * Whoever acts with the keyboard goes on from the heading above, where the button goes away with what it acted on. A part
 * of the page has its heading, and the page has one.
 */
export const useFocusPassedOn = (button: RefObject<HTMLButtonElement | null>): void => {
  useLayoutEffect(() => {
    const element = button.current
    // React takes the element out of the page after this.
    return () => {
      if (element === null || element !== document.activeElement) return
      const heading = element.closest('section')?.querySelector('h2') ?? document.querySelector('h1')
      heading?.focus()
    }
  }, [button])
}
