import { type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { strings } from '../../strings/strings.ts'
import '../../styles/folded-text.css'

/** A text that is surely no longer than ten lines, in the narrowest panel, needs no measuring. */
const isSurelyShort = (text: string): boolean => text.length < 200 && text.split('\n').length <= 5

/** A text that people wrote, folded after ten lines until somebody wants to see the rest. */
export const FoldedText = ({ text, children }: { text: string; children: ReactNode }) => {
  const paragraph = useRef<HTMLParagraphElement>(null)
  const id = useId()
  const [isLong, setLong] = useState(false)
  const [isOpen, setOpen] = useState(false)
  const measured = !isSurelyShort(text)

  // What lies in a hidden tab has no height yet, and a panel changes its width.
  useEffect(() => {
    const element = paragraph.current
    if (element === null || !measured || isOpen) return
    const observer = new ResizeObserver(() => setLong(element.scrollHeight > element.clientHeight + 1))
    observer.observe(element)
    return () => observer.disconnect()
  }, [measured, isOpen])

  return (
    <div className="folded-text">
      <p id={id} ref={paragraph} className={`message-text${isOpen ? ' open' : ''}`} dir="auto">
        {children}
      </p>
      {isLong ? (
        <button
          type="button"
          className="link-button"
          aria-controls={id}
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          {isOpen ? strings.chat.fold : strings.chat.unfold}
        </button>
      ) : null}
    </div>
  )
}
