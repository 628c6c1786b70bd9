import { type ReactNode, useEffect, useId, useRef } from 'react'
import { strings } from '../strings/strings.ts'
import { Icon } from './icon.tsx'

type DialogProps = {
  title: string
  onClose: () => void
  /** It cannot be closed at the moment: what was asked for is not answered yet. */
  isHeld?: boolean
  children: ReactNode
  className?: string
}

/** The browser's own modal dialog: it keeps the focus, closes on Escape, and gives the focus back. */
export const Dialog = ({ title, onClose, isHeld = false, children, className = '' }: DialogProps) => {
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
  const close = () => {
    if (!isHeld) dialog.current?.close()
  }
  const closed = () => {
    // Browsers let Escape close it, whatever the page says, when it is pressed twice.
    if (isHeld) dialog.current?.showModal()
    else onClose()
  }
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes it; a click beside it is the pointer's way
    <dialog
      ref={dialog}
      className={`dialog ${className}`}
      aria-labelledby={titleId}
      // React tells it of a dialog within this one as well.
      onClose={(event) => event.target === event.currentTarget && closed()}
      onCancel={(event) => isHeld && event.preventDefault()}
      onPointerDown={({ target }) => {
        isPressedBeside.current = target === dialog.current
      }}
      onPointerUp={({ target }) => {
        isPressedBeside.current &&= target === dialog.current
      }}
      onClick={({ target }) => target === dialog.current && isPressedBeside.current && close()}
    >
      <div className="dialog-body">
        <div className="dialog-header">
          <h2 id={titleId}>{title}</h2>
          <button type="button" className="icon-button" aria-label={strings.close} onClick={close}>
            <Icon name="close" />
          </button>
        </div>
        {children}
      </div>
    </dialog>
  )
}
