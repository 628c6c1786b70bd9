import { type ReactNode, useEffect, useId, useRef } from 'react'
import { strings } from '../strings/strings.ts'
import { Icon } from './icon.tsx'

type DialogProps = { title: string; onClose: () => void; children: ReactNode; className?: string }

/** The browser's own modal dialog: it keeps the focus, closes on Escape, and gives the focus back. */
export const Dialog = ({ title, onClose, children, className = '' }: DialogProps) => {
  const dialog = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  // Pressed and released there: text may be marked to beyond the edge.
  const isPressedBeside = useRef(false)
  useEffect(() => {
    const opener = document.activeElement
    dialog.current?.showModal()
    return () => {
      if (opener instanceof HTMLElement) opener.focus()
    }
  }, [])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes it; a click beside it is the pointer's way
    <dialog
      ref={dialog}
      className={`dialog ${className}`}
      aria-labelledby={titleId}
      // React tells it of a dialog within this one as well.
      onClose={(event) => event.target === event.currentTarget && onClose()}
      onPointerDown={({ target }) => {
        isPressedBeside.current = target === dialog.current
      }}
      onPointerUp={({ target }) => {
        isPressedBeside.current &&= target === dialog.current
      }}
      onClick={({ target }) => target === dialog.current && isPressedBeside.current && dialog.current.close()}
    >
      <div className="dialog-body">
        <div className="dialog-header">
          <h2 id={titleId}>{title}</h2>
          <button
            type="button"
            className="icon-button"
            aria-label={strings.close}
            onClick={() => dialog.current?.close()}
          >
            <Icon name="close" />
          </button>
        </div>
        {children}
      </div>
    </dialog>
  )
}
